import fc from 'fast-check';
import { stoppedBy } from '../../dag/failures';
import { below, inputIds, type Graph } from '../../dag/graph';
import { movedSteps, remembered } from '../../dag/moved';
import { missingInputs, scopeOf } from '../../dag/select';
import { graphOf, idOf, MemoryWorld, type Edition, type NodeSpec } from './memory-world';

const SIZE = 7;
const graphs: fc.Arbitrary<Graph> = fc
  .tuple(...Array.from({ length: SIZE }, (_, index) => fc.subarray([...Array(index).keys()], { maxLength: Math.min(index, 3) })))
  .map((inputs) => graphOf(inputs.map((list): NodeSpec => ({ inputs: list, sharded: false }))));
const ids = fc.subarray([...Array(SIZE).keys()].map(idOf));

const edition = (factor: number): Edition => ({
  vintage: 'v',
  steps: Array.from({ length: SIZE }, (_, index) => ({ code: 0, factor: index === 2 ? factor : 1, rows: [index, 2 * index] })),
});

test('a scope is what was named, and from a step all below it; its missing inputs are exactly what keeps it from running', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, ids, fc.option(fc.nat(SIZE - 1)), ids, async (graph, only, from, current) => {
      const scope = scopeOf(graph, from === null ? { only } : { only, from: idOf(from) });
      if (only.length === 0 && from === null) return expect(scope).toBeNull();
      const wanted = new Set([...only, ...(from === null ? [] : below(graph, idOf(from)))]);
      expect(new Set(scope)).toEqual(wanted);
      const plan = (await new MemoryWorld(graph).plan(edition(1))).map((step) =>
        current.includes(step.step) ? { ...step, action: 'hit' as const } : step,
      );
      const stale = (id: string): boolean => !current.includes(id);
      const expected = graph.order
        .map(({ id }) => ({
          step: id,
          readBy: graph.order.filter((s) => wanted.has(s.id) && stale(s.id) && inputIds(s).includes(id)).map((s) => s.id),
        }))
        .filter(({ step, readBy }) => stale(step) && !wanted.has(step) && readBy.length > 0);
      expect(missingInputs(graph, plan, scope!)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('a failure stops what is below it, or, when the step says so, all; never what is beside it', () => {
  fc.assert(
    fc.property(graphs, ids, fc.option(fc.nat(SIZE - 1)), (graph, failed, fatal) => {
      const policies = new Map(
        [...graph.byId].map(([id, step]) => [id, id === idOf(fatal ?? -1) ? { ...step, onFailure: 'stop-run' as const } : step]),
      );
      const stopped = stoppedBy({ ...graph, byId: policies }, failed);
      const all = fatal !== null && failed.includes(idOf(fatal));
      for (const { id } of graph.order) {
        const causes = failed.filter((cause) => below(graph, cause).has(id));
        if (failed.includes(id)) expect(stopped.has(id)).toBe(false);
        else if (causes.length > 0) expect(causes).toContain(stopped.get(id));
        else expect(stopped.get(id)).toBe(all ? idOf(fatal) : undefined);
      }
    }),
    { numRuns: 100 },
  );
});

test('two plans differ in the steps that moved, and each says by what', async () => {
  const graph = graphOf(Array.from({ length: SIZE }, (_, index) => ({ inputs: index === 0 ? [] : [index - 1], sharded: false })));
  const world = new MemoryWorld(graph);
  await world.run(edition(1));
  const quiet = (await world.plan(edition(1))).map(remembered);
  expect(movedSteps(quiet, quiet)).toEqual([]);
  const edited = (await world.plan(edition(2), { force: [idOf(1)] })).map(remembered);
  const moved = movedSteps(quiet, edited);
  expect(moved.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6].map(idOf));
  expect(moved[0]).toMatchObject({
    action: { was: 'hit', is: 'run' },
    shards: { was: 0, is: 1 },
    cues: [{ cue: 'forced', was: 'no', is: 'yes' }],
  });
  expect(moved[1]!.cues).toContainEqual({ cue: 'param', was: ' 1', is: ' 2' });
  expect(movedSteps(quiet.slice(1), quiet)).toMatchObject([{ step: idOf(0), action: { was: null, is: 'hit' } }]);
});
