import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

test('try country answers blank lines too, and takes no other mark than LF or CR LF for the end of one', async () => {
  const found = await tried('country', '\nUniversity of Oxford,\u2028 Oxford, UK\r\n\nOslo, Norway');
  expect(found).toMatchObject([
    { text: '', country: null, cue: 'none' },
    { text: 'University of Oxford,\u2028 Oxford, UK', country: 'GB' },
    { text: '', country: null },
    { text: 'Oslo, Norway', country: 'NO' },
  ]);
});

test('a line of JSON may hold marks that other programs take for the end of a line', async () => {
  const found = await tried('keywords', `${JSON.stringify({ id: 1, title: 'Neural\u2028networks' })}\n\n{"id":2,"title":"Robots"}`);
  expect(found).toMatchObject([
    { id: 1, matched: ['neural network'] },
    { id: 2, matched: ['robot'] },
  ]);
});

test('try pubmed prints whole files; of a damaged one nothing but where it is damaged', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'atlas-try-'));
  const article = (pmid: number): string =>
    `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>`;
  const whole = `<PubmedArticleSet>${article(1)}${article(2)}</PubmedArticleSet>`;
  const files = [whole, whole.slice(0, -30), whole].map((text, index) => {
    writeFileSync(path.join(folder, `${index}.xml`), text);
    return path.join(folder, `${index}.xml`);
  });
  const { code, stdout, stderr } = await runAtlas(['try', 'pubmed', ...files]);
  rmSync(folder, { recursive: true });
  expect({ code, pmids: lines(stdout).map((record) => (record as { pmid: number }).pmid) }).toEqual({ code: 2, pmids: [1, 2, 1, 2] });
  expect(stderr).toMatch(/^Expected one complete PubmedArticleSet, got .*1\.xml, byte \d+\)\. .+\n$/);
});

test.each([
  ['keywords', Buffer.concat([Buffer.from('{"id":1,"title":"Robots"}\n{"id":2,"title":"ro'), Buffer.from([0xff]), Buffer.from('bot"}\n')])],
  ['country', Buffer.concat([Buffer.from('Oslo, Norway\nM'), Buffer.from([0xfc]), Buffer.from('nchen\n')])],
])('try %s refuses a line that is not UTF-8, and names it', async (rule, stdin) => {
  const { code, stdout, stderr } = await runAtlas(['try', rule], { stdin });
  expect({ code, answered: lines(stdout).length }).toEqual({ code: 2, answered: 1 });
  expect(stderr).toContain('Expected UTF-8 in line 2 of stdin');
});

test('a home that is no folder is refused, and so is one without a name', async () => {
  for (const [home, text] of [
    [__filename, 'which is none'],
    [path.join(__filename, 'below'), 'which is none'],
    ['', 'Expected --home with a folder'],
  ] as const) {
    const { code, stdout } = await runAtlas(['runs', '--home', home, '--json']);
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 2,
      exitCode: 2,
      error: expect.stringContaining(text) as string,
    });
  }
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

test('try keywords says which keywords match, and where', async () => {
  const found = await tried(
    'keywords',
    '{"id":1,"title":"Neural networks","abstract":"Nothing here.\\nOf neural networks and robots"}\n{"id":2,"title":"Robotic surgery"}\n',
  );
  expect(found).toEqual([
    { id: 1, matched: ['neural network', 'robot'], where: { 'neural network': ['title', 'abstract 2'], robot: ['abstract 2'] } },
    { id: 2, matched: [], where: {} },
  ]);
});

test('try takes the study: the query of Liu et al., a filter of one’s own, random forests dropped', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'atlas-try-'));
  writeFileSync(path.join(folder, 'filter.txt'), '# my own\ncohort stud*\nrandom*\n');
  const study = path.join(folder, 'mine.yaml');
  writeFileSync(
    study,
    'name: mine\nextends: ai-life-science\nkeywords: { list: liu-2021 }\nclinical: { filter: filter.txt, randomForests: drop }\n',
  );
  const asked = (rule: string, title: string) =>
    runAtlas(['try', rule, '--study', study], { stdin: `${JSON.stringify({ id: 1, title })}\n` });
  const answers = [await asked('keywords', 'Neural nets and robots'), await asked('clinical', 'Random forests in a cohort study')];
  rmSync(folder, { recursive: true });
  expect(answers.map(({ stdout }) => lines(stdout))).toEqual([
    [{ id: 1, matched: ['Neural Net*'], where: { 'Neural Net*': ['title'] } }],
    [{ id: 1, clinical: true, because: ['cohort', 'study'] }],
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
