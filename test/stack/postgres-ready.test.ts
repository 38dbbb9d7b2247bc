import { becomesReady, type Answer } from '../../stack/postgres/ready';

const SILENT_MS = 100;

/** A server that says one thing for so many questions, then another. */
function server(first: Answer, questions: number, then: Answer) {
  let asked = 0;
  const ask = (): Promise<Answer> => Promise.resolve(asked++ < questions ? first : then);
  return { ask, ended: () => false, note: () => undefined, asked: () => asked };
}

test('a server that recovers is waited for, longer than silence is borne', async () => {
  const recovering = server('starting', 12, 'ready');
  expect(await becomesReady(recovering, SILENT_MS)).toBe(true);
  expect(recovering.asked()).toBe(13);
});

test('one that says nothing is not waited for', async () => {
  expect(await becomesReady(server(null, 1_000, 'ready'), SILENT_MS)).toBe(false);
});

test('one that recovers and then falls silent is given up', async () => {
  expect(await becomesReady(server('starting', 3, null), SILENT_MS)).toBe(false);
});

test('one that has ended is asked no more', async () => {
  const gone = server('starting', 1_000, 'ready');
  expect(await becomesReady({ ...gone, ended: () => true }, SILENT_MS)).toBe(false);
  expect(gone.asked()).toBe(0);
});
