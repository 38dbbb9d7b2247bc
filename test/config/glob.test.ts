import path from 'node:path';
import { filesMatching } from '../../config/resolve/glob';
import { folderWith } from './study-folder';

const folder = folderWith({
  'a.xml': '',
  'b.xml.gz': '',
  'c(1)+.xml': '',
  '.hidden.xml': '',
  'deep/d.xml': '',
  'deep/er/e.xml': '',
  'x1/f.xml': '',
});

test.each([
  ['a.xml', ['a.xml']],
  ['*.xml', ['a.xml', 'c(1)+.xml']],
  ['*.xml*', ['a.xml', 'b.xml.gz', 'c(1)+.xml']],
  ['c(1)+.xml', ['c(1)+.xml']],
  ['c(?)*.xml', ['c(1)+.xml']],
  ['.*.xml', ['.hidden.xml']],
  ['*/*.xml', ['deep/d.xml', 'x1/f.xml']],
  ['**/*.xml', ['a.xml', 'c(1)+.xml', 'deep/d.xml', 'deep/er/e.xml', 'x1/f.xml']],
  ['**/er/**/e.xml', ['deep/er/e.xml']],
  ['x?/f.xml', ['x1/f.xml']],
  ['deep', []],
  ['nowhere/*.xml', []],
])('%s', (pattern, expected) => {
  expect(filesMatching(path.join(folder, pattern)).map((file) => path.relative(folder, file))).toEqual(expected);
});
