// Writes the code digest of every step to a file, so that neither a command nor a worker needs sources or a bundler.
//   node scripts/write-codes.mjs FOLDER     of a folder of steps in JavaScript, for ATLAS_STEPS (see docs/writing-a-step.md)
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printCodes } from './print-codes.mjs';
import { stepFiles } from './step-files.mjs';

const project = path.resolve(import.meta.dirname, '..');

/** { step id: { digest, parts } } of the steps of a root. */
export async function writeCodes({ root, codeOf, file, steps = stepFiles(root) }) {
  const printed = await printCodes(root, { steps, lock: project });
  const modules = new Map(Object.entries(printed.modules));
  const lock = { steps: new Set(printed.steps), versions: printed.versions };
  const codes = printed.steps.map((step) => [step.replace(/^activities\/|\.[jt]s$/g, ''), codeOf(step, modules, lock)]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(codes)));
}

const startedDirectly = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (startedDirectly) {
  const folder = path.resolve(process.argv[2] ?? '.');
  const { codeOf } = createRequire(import.meta.url)(path.join(project, 'dist', 'dag', 'closure.js'));
  await writeCodes({ root: folder, codeOf, file: path.join(folder, 'codes.json'), steps: stepFiles(folder, '.', '.js') });
}
