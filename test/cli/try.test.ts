import { runAtlas } from '../atlas';

jest.setTimeout(60_000);

const lines = (stdout: string): unknown[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

async function tried(rule: string, stdin: string): Promise<unknown[]> {
  const { code, stdout } = await runAtlas(['try', rule], { stdin });
  expect(code).toBe(0);
  return lines(stdout);
}

test('try country says country, region and cue, one line out for each line in', async () => {
  const found = await tried(
    'country',
    'Tbilisi State University, Tbilisi, Georgia\nEmory University, Atlanta, Georgia\nDepartment of Nowhere\n',
  );
  expect(found).toMatchObject([
    { country: 'GE', region: 'Asia' },
    { country: 'US', region: 'Northern America' },
    { country: null, region: null, cue: 'none' },
  ]);
});

test('try clinical says which words decided', async () => {
  const found = await tried(
    'clinical',
    '{"id":1,"title":"A clinical trial"}\n{"id":2,"title":"Clinical trials"}\n{"id":3,"title":"Random forests"}\n',
  );
  expect(found).toEqual([
    { id: 1, clinical: true, because: ['clinical', 'trial'] },
    { id: 2, clinical: false, because: [] },
    { id: 3, clinical: true, because: ['random'] },
  ]);
});

test('try topic passes over what is purely AI, and tells life science by level-0 concepts', async () => {
  const concept = (id: string, level: number, score: number) => ({ id: `https://openalex.org/${id}`, display_name: id, level, score });
  const work = {
    id: 'https://openalex.org/W1',
    concepts: [concept('C154945302', 1, 0.9), concept('C31972630', 1, 0.5), concept('C71924100', 0, 0)],
  };
  expect(await tried('topic', `${JSON.stringify(work)}\n`)).toEqual([
    {
      id: 'W1',
      topic: 'C31972630',
      name: 'Computer vision',
      lifeScience: true,
      because: { topic: 'next-highest', lifeScience: 'level-0' },
    },
  ]);
});

test('a line that is no JSON is named, exit 2', async () => {
  const { code, stderr } = await runAtlas(['try', 'clinical'], { stdin: '{"id":1}\nnonsense\n' });
  expect({ code, names: stderr.includes('line 2 of stdin') }).toEqual({ code: 2, names: true });
});
