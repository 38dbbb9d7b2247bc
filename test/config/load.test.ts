import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadStudy, studyDigest, studyNames } from '../../config/load';
import { projectRoot } from '../../config/project-root';
import { studySchema } from '../../config/study';
import { folderWith, loadText, recordedFolder, refusal } from './study-folder';

const root = projectRoot();
const EXTENDS = 'name: mine\nextends: ai-life-science\n';

test('the studies that ship', () => {
  expect(studyNames(root)).toEqual(['ai-life-science', 'demo', 'recorded']);
});

test("the paper's study, resolved", async () => {
  const { study, missing } = await loadStudy('ai-life-science', { env: {}, missingFiles: 'list' });
  expect(study.years).toEqual([2000, 2022]);
  expect(study.keywords.entries).toHaveLength(205);
  expect(study.keywords.entries.length + study.keywords.uncertain.length).toBe(214);
  expect(study.keywords.comparison).toMatchObject({ list: 'liu-2021', marks: 'wos' });
  expect(study.regions.countries).toHaveLength(250);
  expect(study.rank.coreFiles.map(({ name }) => name)).toEqual(['core-ranking.csv']);
  expect(study.published.numbers.find(({ id }) => id === 'sample.final')?.value).toBe(397_967);
  expect(missing.every(({ key }) => key === 'rank.journalFiles[0]')).toBe(true);
});

test('each uncertain keyword contains one of the list, so it selects nothing more', async () => {
  const { study } = await loadText(EXTENDS);
  const heads = study.keywords.uncertain.filter((word) => !study.keywords.entries.some((entry) => ` ${word} `.includes(` ${entry} `)));
  expect(heads).toEqual([]);
});

test('a resolved study is plain JSON, valid by its own schema, and frozen to the last leaf', async () => {
  const { study, digest } = await loadText(EXTENDS);
  const again = studySchema.parse(JSON.parse(JSON.stringify(study)));
  expect(again).toEqual(study);
  expect(studyDigest(again)).toBe(digest);
  expect(() => (study.keywords.entries as string[]).push('x')).toThrow(TypeError);
  expect(Object.isFrozen(study.lead)).toBe(true);
});

test('no absolute path enters a study, and files are found by their digest', async () => {
  const files = {
    'mine.yaml': `${EXTENDS}pubmed: { routes: [files], files: ['b/*.xml', 'a/**/*.xml'] }\n`,
    'a/deep/two.xml': '2',
    'b/one.xml': '1',
  };
  const [here, there] = [folderWith(files), folderWith(files)];
  const load = (folder: string) => loadStudy(path.join(folder, 'mine.yaml'), { env: {}, missingFiles: 'list' });
  const [first, second] = [await load(here), await load(there)];
  expect(first.study.pubmed.files.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['one.xml', 1],
    ['two.xml', 1],
  ]);
  expect(first.places[first.study.pubmed.files[1]!.sha256]).toBe(path.join(here, 'a/deep/two.xml'));
  expect(JSON.stringify(first.study)).not.toContain(path.dirname(here));
  expect(second.digest).toBe(first.digest);
});

test('extends by path: mappings are merged, lists replaced, paths stay with the file that holds them', async () => {
  const folder = folderWith({
    'base/mine.yaml': `name: mine\nextends: ai-life-science\nkeywords: { list: words.txt, add: [a, b] }\nlead: { role: first }\n`,
    'base/words.txt': '# two words\nfolded protein\n\nenzyme\n',
    'top.yaml': 'name: top\nextends: base/mine.yaml\nkeywords: { add: [c] }\nlead: { group: count }\n',
  });
  const { study, sources } = await loadStudy(path.join(folder, 'top.yaml'), { env: {}, missingFiles: 'list' });
  expect(study.keywords).toMatchObject({ list: 'words.txt', marks: 'none', entries: ['c', 'enzyme', 'folded protein'], end: 'plural' });
  expect(study.lead).toMatchObject({ role: 'first', group: 'count', order: 'author-first' });
  expect(sources.map((file) => path.basename(file))).toEqual(['ai-life-science.yaml', 'mine.yaml', 'top.yaml']);
});

test('a study that extends nothing stands on the defaults', async () => {
  const { study } = await loadText('name: mine\nkeywords: { comparison: null }\nrank: { journals: none, core: [] }\n');
  expect(study.published).toEqual({ numbers: [], claims: [] });
  expect(study.keywords.comparison).toBeNull();
  expect(study.lead.several).toBe('first-institution');
});

test('keywords are added and removed, whatever their case', async () => {
  const { study } = await loadText(`${EXTENDS}keywords: { add: [zebra net], remove: [Robot] }\n`);
  expect(study.keywords.entries).toContain('zebra net');
  expect(study.keywords.entries).not.toContain('robot');
  expect(study.keywords.entries).toHaveLength(205);
});

test("a clinical filter of one's own", async () => {
  const folder = folderWith({ 'mine.yaml': `${EXTENDS}clinical: { filter: rules.txt }\n`, 'rules.txt': 'patient cohort\nbedside\n' });
  const { study } = await loadStudy(path.join(folder, 'mine.yaml'), { env: {}, missingFiles: 'list' });
  expect(study.clinical).toMatchObject({ filter: 'file', entries: ['patient cohort', 'bedside'] });
});

test('the command line overrides the file, and is checked like one', async () => {
  const { study } = await loadText(EXTENDS, { override: { world: { kind: 'synthetic', seed: 11 } } });
  expect(study.world).toMatchObject({ kind: 'synthetic', seed: 11, scale: 'small' });
  const error = await refusal(loadText(EXTENDS, { override: { world: { sede: 11 } } }));
  expect(error.message).toBe('Expected a known key, got world.sede (the command line). Did you mean world.seed?');
});

test('a ranking that is not in place blocks, unless the study does without', async () => {
  const text = `${EXTENDS}rank: { journalFiles: [nowhere/*.csv] }\n`;
  const error = await refusal(loadText(text, { missingFiles: 'refuse' }));
  expect(error).toMatchObject({ exitCode: 2, problems: [{ key: 'rank.journalFiles[0]', position: { line: 3, column: 24 } }] });
  expect(error.message).toContain('config/rankings/README.md');
  const without = await loadText(text.replace(' }', ', whenMissing: without }'), { missingFiles: 'refuse' });
  expect(without.study.rank.journalFiles).toEqual([]);
});

test('the recorded study says which variable it lacks', async () => {
  const error = await refusal(loadStudy('recorded', { env: {} }));
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain('Expected ATLAS_RECORDED to be set');
  expect(error.problems.map(({ key }) => key)).toEqual(['world.from', 'pubmed.files[0]']);
});

test('the recorded study says that its folder is not there', async () => {
  const error = await refusal(loadStudy('recorded', { env: { ATLAS_RECORDED: '/nowhere/at/all' } }));
  expect(error.problems.map(({ key }) => key)).toEqual(['world.from', 'pubmed.files[0]']);
});

const withRecorded = existsSync(recordedFolder) ? test : test.skip;
if (!existsSync(recordedFolder)) console.warn(`No recorded answers at ${recordedFolder}: set ATLAS_RECORDED to test the recorded study.`);

withRecorded('the recorded study, resolved', async () => {
  const { study, places } = await loadStudy('recorded', { env: { ATLAS_RECORDED: recordedFolder } });
  expect(study.pubmed).toMatchObject({ routes: ['bulk', 'eutils', 'files'], term: 'all', onBadFile: 'skip' });
  expect(study.pubmed.files.length).toBeGreaterThan(5);
  expect(study.rank.journalFiles).toEqual([]);
  expect(places[study.world.from!.sha256]).toBe(recordedFolder);
  expect(JSON.stringify(study)).not.toContain(recordedFolder);
});

test('the demo is synthetic and has rankings of its own', async () => {
  const { study } = await loadStudy('demo', { env: {}, missingFiles: 'list' });
  expect(study.world).toEqual({ kind: 'synthetic', seed: 7, scale: 'small', from: null });
  expect(study.conferences.on).toBe(true);
  expect(study.keywords.entries).toHaveLength(205);
});
