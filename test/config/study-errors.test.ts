import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadStudy } from '../../config/load';
import { folderWith, loadText, refusal } from './study-folder';

const HEAD = 'name: mine\nextends: ai-life-science\n';

/** What stands after the head, where the fault is, and what the message says. */
const faults: [name: string, text: string, at: [line: number, column: number], says: string][] = [
  ['an unknown key', 'lead:\n  rolle: last\n', [4, 3], 'Expected a known key, got lead.rolle'],
  ['the nearest key', 'lead:\n  rolle: last\n', [4, 3], 'Did you mean lead.role?'],
  ['a key under the wrong heading', 'dedup: none\n', [3, 1], 'Did you mean pool.dedup?'],
  ['a key like nothing', 'lead: { xyzzy: 1 }\n', [3, 9], 'Known there: role, order, group, several.'],
  ['a key named __proto__', '__proto__: { x: 1 }\n', [3, 1], 'Expected a known key, got __proto__'],
  ['a wrong option', 'lead:\n  role: lst\n', [4, 9], 'Expected lead.role to be last, first or corresponding, got "lst"'],
  ['the nearest option', 'lead:\n  role: lst\n', [4, 9], 'Did you mean last?'],
  ['a wrong option in a list', 'pubmed:\n  routes: [bulk, ftp]\n', [4, 18], 'Expected pubmed.routes[1] to be bulk, eutils or files'],
  ['an empty list', 'pubmed:\n  routes: []\n', [4, 11], 'to be a list of one or more entries, each of them bulk, eutils or files'],
  ['an entry given twice', 'pubmed:\n  routes: [bulk, bulk]\n', [4, 11], 'Expected pubmed.routes to name each entry once'],
  ['a text for a number', 'rank:\n  top: three\n', [4, 8], 'Expected rank.top to be a whole number from 1 to 1000, got "three"'],
  ['a fraction', 'rank:\n  top: 2.5\n', [4, 8], 'got 2.5'],
  ['a number out of bounds', 'rank:\n  top: 0\n', [4, 8], 'from 1 to 1000, got 0'],
  ['a yes of older YAML', 'international:\n  oneAuthorTwoCountries: yes\n', [4, 26], 'to be true or false, got "yes"'],
  ['what to write for yes', 'international:\n  oneAuthorTwoCountries: yes\n', [4, 26], 'Write true.'],
  ['a value for a section', 'lead: last\n', [3, 7], 'Expected lead to be a mapping with role, order, group, several, got "last"'],
  ['nothing for a section', 'lead:\n', [3, 6], 'got null'],
  ['years the wrong way round', 'years: [2022, 2000]\n', [3, 8], 'Expected years to be [first, last] with first not after last'],
  ['one year', 'years: 2022\n', [3, 8], 'Expected years to be a list of 2 entries, got 2022'],
  ['a score above one', 'lifeScience: { score: 1.5 }\n', [3, 23], 'to be any, positive or a number above 0 and up to 1, got 1.5'],
  ['a month that is none', 'citations: { until: 2023-13 }\n', [3, 21], 'a date such as 2023, 2023-06 or 2023-06-30 or null'],
  ['a concept by name', 'topic:\n  excluded: [Machine learning]\n', [4, 14], 'an OpenAlex concept id such as C71924100'],
  [
    'a concept that is none',
    'topic:\n  excluded:\n    - C154945302\n    - C1\n',
    [6, 7],
    'Expected topic.excluded[1] to be an OpenAlex concept',
  ],
  ['a keyword to remove', 'keywords:\n  remove: [robbot]\n', [4, 12], 'Did you mean robot?'],
  ['a keyword without a letter', 'keywords:\n  add: ["..."]\n', [4, 9], 'to have a letter or digit, got "..."'],
  ['a keyword to add', 'keywords:\n  add: [Robot]\n', [4, 9], 'to be a keyword that the list lacks, got "Robot"'],
  [
    'an end for entries that say their own',
    'keywords: { list: liu-2021, end: prefix }\n',
    [3, 34],
    'Expected keywords.end to be plural with a list of wildcards, got prefix',
  ],
  ['a metric of the other ranking', 'rank: { journals: scimago }\n', [0, 0], 'Set rank.metric: cites-per-doc-2y.'],
  ['files without their route', "pubmed: { files: ['*.xml'] }\n", [3, 18], 'Add files to pubmed.routes'],
  ['the route without files', 'pubmed: { routes: [files] }\n', [3, 19], 'Name your files in pubmed.files'],
  ['recorded without a folder', 'world: { kind: recorded }\n', [0, 0], 'Expected world.from to be set with kind: recorded'],
  ['no corpus at all', 'pubmed: { on: false }\nconferences: { on: false }\n', [4, 20], 'Turn one corpus on.'],
  ['a variable outside a path', "title: '${HOME} sweet home'\n", [3, 8], 'Expected variables in paths only'],
  ['a variable that is not set', "published: { numbers: '${NOT_SET}/n.csv' }\n", [3, 23], 'Set it in the environment or in .env'],
  ['a key given twice', 'vintage: a\nvintage: b\n', [4, 1], 'Expected each key once, got the same key again'],
  ['a tab', 'lead:\n\trole: last\n', [4, 1], 'Expected blanks as indentation, got a tab'],
  ['an anchor', 'title: &x A\n', [3, 11], 'Expected plain values, got the anchor &x'],
  ['a tag', 'title: !mine A\n', [3, 8], 'Expected plain YAML, got a fault: Unresolved tag: !mine'],
  ['an open bracket', 'years: [2000\n', [4, 1], 'Expected plain YAML'],
  ['two documents', '---\nname: b\n', [3, 1], 'got a second one after ---'],
];

test.each(faults)('%s', async (_, text, [line, column], says) => {
  const error = await refusal(loadText(HEAD + text));
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain(says);
  // A fault of the base alone has its position in the base.
  if (line > 0) {
    expect(error.problems[0]?.position).toMatchObject({ line, column });
    expect(error.message).toContain(`mine.yaml:${line}:${column}`);
  }
});

test('all problems of a file are listed, in its order', async () => {
  const error = await refusal(loadText(`${HEAD}rank: { topp: 3 }\nlead: { role: lst, grup: skip }\nyears: x\n`));
  expect(error.problems.map(({ key }) => key)).toEqual(['rank.topp', 'lead.role', 'lead.grup', 'years']);
  expect(error.message.split('\n')).toHaveLength(4);
});

test('an alias bomb is refused before it goes off', async () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'])
    lines.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
  const error = await refusal(loadText(`${lines.join('\n')}\n`));
  expect(error.message).toContain('got the alias *a');
});

test.each([
  ['empty', '', 'Expected a mapping of keys, got an empty file'],
  ['only a comment', '# name: mine\n', 'got an empty file'],
  ['a list', '- name\n', 'got a list'],
  ['a word', 'mine\n', 'got a single value'],
  ['without a name', 'extends: ai-life-science\n', 'Expected name to be a name of a-z, 0-9 and -, got nothing'],
  ['named otherwise than its file', 'name: yours\n', 'Expected name to be the basename of its file, mine, got yours'],
  ['named with capitals', 'name: Mine\n', 'Expected name to be a name of a-z, 0-9 and -, got "Mine"'],
  ['nested without end', `years: ${'['.repeat(5000)}`, 'Expected a study a few levels deep'],
  ['too long', `# ${'x'.repeat(600_000)}`, 'Keep it under'],
])('a file that is %s', async (_, text, says) => {
  expect((await refusal(loadText(text))).message).toContain(says);
});

test('a file that is not UTF-8', async () => {
  const folder = folderWith({});
  const file = path.join(folder, 'mine.yaml');
  writeFileSync(file, Buffer.from([0x6e, 0xff, 0xfe]));
  expect((await refusal(loadStudy(file))).message).toContain('bytes that are not UTF-8');
});

test('a circle of studies is refused with its members', async () => {
  const folder = folderWith({ 'a.yaml': 'name: a\nextends: ./b.yaml\n', 'b.yaml': 'name: b\nextends: ./a.yaml\n' });
  const error = await refusal(loadStudy(path.join(folder, 'a.yaml')));
  expect(error.message).toContain('got a circle: a.yaml → b.yaml → a.yaml');
  expect(error.problems[0]?.position).toEqual({ file: path.join(folder, 'b.yaml'), line: 2, column: 10 });
});

test('an unknown study names the nearest, or all', async () => {
  expect((await refusal(loadStudy('recoded'))).message).toContain('Did you mean recorded?');
  expect((await refusal(loadStudy('zoology-of-mars'))).message).toContain('Studies that ship: ai-life-science, demo, recorded');
  expect((await refusal(loadStudy('./nowhere.yaml'))).message).toContain('nowhere.yaml, which does not exist');
});

test('a fault of the base is told with the place in the base', async () => {
  const folder = folderWith({ 'base.yaml': 'name: base\nlead: { role: lst }\n', 'mine.yaml': 'name: mine\nextends: ./base.yaml\n' });
  const error = await refusal(loadStudy(path.join(folder, 'mine.yaml')));
  expect(error.problems[0]?.position).toEqual({ file: path.join(folder, 'base.yaml'), line: 2, column: 15 });
});

test('a broken table is told with its line', async () => {
  const folder = folderWith({ 'mine.yaml': `${HEAD}published: { claims: claims.csv }\n`, 'claims.csv': 'id,where,claim\na,b,c\nd,e,\n' });
  const error = await refusal(loadStudy(path.join(folder, 'mine.yaml'), { missingFiles: 'list' }));
  expect(error.problems[0]?.key).toBe('published.claims');
  expect(error.message).toContain('Expected some text in column claim, got ""');
  expect(error.message).toContain('claims.csv:3');
});
