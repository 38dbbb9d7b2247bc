// Own special functions and Cholesky beside packages, from a folder where these are installed (install-peers.sh): what a process pays to
// load them, time a call, and how far apart the results are.
//   npm run build && node bench/models/libraries.mjs FOLDER
import { createRequire } from 'node:module';
import path from 'node:path';

const own = createRequire(import.meta.url);
const theirs = createRequire(path.resolve(process.argv[2], 'package.json'));
const cpu = () => process.cpuUsage().user + process.cpuUsage().system;

function timed(load) {
  const from = cpu();
  const made = load();
  return { made, ms: (cpu() - from) / 1000 };
}

/** Nanoseconds a call, the least of five rounds after one to warm up. */
function each(f, values) {
  const rounds = Array.from({ length: 6 }, () => {
    const from = cpu();
    let sum = 0;
    for (const x of values) sum += f(x);
    if (Number.isNaN(sum)) throw new Error('Expected numbers, got NaN.');
    return (1000 * (cpu() - from)) / values.length;
  });
  return Math.min(...rounds.slice(1)).toFixed(0);
}

const values = Float64Array.from({ length: 400_000 }, (_, i) => 0.05 + ((i * 7919) % 4000) / 3);
const ours = timed(() => own('../../dist/methods/models/special/gamma.js'));
const names = { lgamma: 'gammaln', digamma: 'digamma', trigamma: 'trigamma' };
for (const [name, called] of Object.entries(names)) {
  const { made, ms } = timed(() => theirs(`@stdlib/math-base-special-${called}`));
  const f = ours.made[name];
  const apart = values.reduce((most, x) => Math.max(most, Math.abs(f(x) - made(x)) / Math.max(1, Math.abs(made(x)))), 0);
  console.log(
    `${name}: ${each(f, values)} ns, @stdlib ${each(made, values)} ns and ${ms.toFixed(0)} ms to load; ${apart.toExponential(0)} apart`,
  );
}
console.log(`own special functions: ${ours.ms.toFixed(1)} ms to load`);

const { factor, inverse } = own('../../dist/methods/models/linear/cholesky.js');
const { made: matrices, ms } = timed(() => theirs('ml-matrix'));
for (const order of [28, 215]) {
  const a = Float64Array.from(
    { length: order * order },
    (_, i) => Math.exp(-Math.abs((i % order) - Math.floor(i / order))) + (i % (order + 1) === 0),
  );
  const matrix = matrices.Matrix.from1DArray(order, order, a);
  const identity = matrices.Matrix.eye(order);
  const runs = Array.from({ length: order < 100 ? 2_001 : 21 });
  const [mine, other] = [() => inverse(factor(a, order))[1], () => new matrices.CholeskyDecomposition(matrix).solve(identity).get(0, 1)];
  const apart = Math.abs(mine() / other() - 1);
  console.log(
    `inverse of order ${order}: ${(each(mine, runs) / 1e6).toFixed(2)} ms, ml-matrix ${(each(other, runs) / 1e6).toFixed(2)} ms; ${apart.toExponential(0)} apart`,
  );
}
console.log(`ml-matrix: ${ms.toFixed(0)} ms to load`);
