import { differencesFrom } from '../../config/differences';
import { loadStudy } from '../../config/load';
import { folderWith, loadText } from './study-folder';
import path from 'node:path';

const paper = loadStudy('ai-life-science', { env: {}, missingFiles: 'list' });
const EXTENDS = 'name: mine\nextends: ai-life-science\n';

test('a study that changes nothing differs in nothing', async () => {
  const { study } = await loadText(`${EXTENDS}title: Another title\nlead: { role: last }\n`);
  expect(differencesFrom((await paper).study, study)).toEqual([]);
});

test('differences have dotted keys and short values, in the order of the keys', async () => {
  const { study } = await loadText(
    `${EXTENDS}years: [2010, 2012]\nlead: { role: first }\nkeywords: { end: substring, add: [a1, a2, a3, a4, a5, a6], comparison: null }\n` +
      'dyads: { authors: all }\ncitations: { window: 3 }\npublished: { claims: null }\nrank: { core: [A*, A] }\n',
  );
  expect(differencesFrom((await paper).study, study)).toEqual([
    { key: 'years', paper: '2000, 2022', here: '2010, 2012' },
    { key: 'keywords.add', paper: 'none', here: '6 entries' },
    { key: 'keywords.end', paper: 'plural', here: 'substring' },
    { key: 'keywords.comparison', paper: 'liu-2021', here: 'none' },
    { key: 'lead.role', paper: 'last', here: 'first' },
    { key: 'rank.core', paper: 'A*', here: 'A, A*' },
    { key: 'citations.window', paper: 'none', here: '3' },
    { key: 'dyads.authors', paper: '10', here: 'all' },
    { key: 'published.claims', paper: '17 entries', here: 'none' },
  ]);
});

test('files and folders are shown by name and digest', async () => {
  const folder = folderWith({
    'mine.yaml': `${EXTENDS}world: { kind: recorded, from: answers }\nrank: { journalFiles: ['*.csv'] }\n`,
    'answers/a.json': '{}',
    'jcr.csv': 'x',
  });
  const { study } = await loadStudy(path.join(folder, 'mine.yaml'), { env: {} });
  const shown = Object.fromEntries(differencesFrom((await paper).study, study).map(({ key, here }) => [key, here]));
  expect(shown).toMatchObject({ 'world.kind': 'recorded', 'rank.journalFiles': 'jcr.csv' });
  expect(shown['world.from']).toMatch(/^folder [0-9a-f]{8}$/);
});
