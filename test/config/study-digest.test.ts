import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadText } from './study-folder';

const parts = {
  extends: fc.constant('ai-life-science'),
  title: fc.stringMatching(/^[A-Za-z ]{1,12}$/),
  years: fc.tuple(fc.integer({ min: 1950, max: 2000 }), fc.integer({ min: 2000, max: 2030 })),
  lead: fc.record({ role: fc.constantFrom('last', 'first'), group: fc.constantFrom('skip', 'count') }, { requiredKeys: [] }),
  keywords: fc.record(
    { add: fc.uniqueArray(fc.stringMatching(/^zz[a-z]{3}$/)), end: fc.constantFrom('plural', 'prefix') },
    { requiredKeys: [] },
  ),
  rank: fc.record({ top: fc.integer({ min: 1, max: 9 }), whenMissing: fc.constant('without') }, { requiredKeys: [] }),
};
const studies = fc.record(parts, { requiredKeys: ['extends'] }).map((study) => ({ name: 'mine', ...study }));

/** The same mapping with the keys of every level in another order. */
function reordered(value: unknown, rank: (key: string) => number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, reordered(child, rank)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}

test('the order of keys in YAML never changes the digest', async () => {
  await fc.assert(
    fc.asyncProperty(studies, fc.func(fc.integer()), async (study, rank) => {
      const [one, other] = [await loadText(stringify(study)), await loadText(stringify(reordered(study, (key) => rank(key))))];
      expect(other.digest).toBe(one.digest);
    }),
    { numRuns: 40 },
  );
});

test('the order of a set does not change the digest, that of a ladder does', async () => {
  const digest = async (text: string) => (await loadText(`name: mine\nextends: ai-life-science\n${text}`)).digest;
  expect(await digest('keywords: { add: [zebra, yak] }\n')).toBe(await digest('keywords: { add: [yak, zebra] }\n'));
  expect(await digest('outlet: { identity: [nlm, title] }\n')).not.toBe(await digest('outlet: { identity: [title, nlm] }\n'));
});

test('spelling out a default does not change the digest, another value does', async () => {
  const digest = async (text: string) => (await loadText(`name: mine\nextends: ai-life-science\n${text}`)).digest;
  expect(await digest('lead: { role: last }\n')).toBe(await digest(''));
  expect(await digest('lead: { role: first }\n')).not.toBe(await digest(''));
});
