import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../config/project-root';
import { studyFile } from '../../config/schema/file';
import { readStudySource } from '../../config/yaml/read';
import { knownKeys, valueIn } from '../../config/yaml/validate';

const file = path.join(projectRoot(), 'config', 'studies', 'ai-life-science.yaml');
const source = readStudySource(file);

test("the paper's study spells out every key there is", () => {
  const absent = knownKeys().filter((key) => key !== 'extends' && !source.has(key.split('.')));
  expect(absent).toEqual([]);
});

test("the defaults of the schema are the paper's rules, but for its files, its title and the date of its data", () => {
  const defaults = studyFile.parse({ name: 'ai-life-science' });
  const differing = knownKeys().filter((key) => {
    const at = key.split('.');
    const value = valueIn(source.value, at);
    return typeof value !== 'object' && JSON.stringify(value) !== JSON.stringify(valueIn(defaults, at));
  });
  expect(differing).toEqual(['title', 'citations.compareUntil', 'published.numbers', 'published.claims']);
  expect(defaults.lifeScience.concepts).toEqual(valueIn(source.value, ['lifeScience', 'concepts']));
});

test('every key has a comment above it, alone or with its neighbours', () => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const isKey = (line: string) => /^\s*[a-zA-Z]+:/.test(line);
  const bare = lines.filter((line, index) => {
    const isSection = line.trimEnd().endsWith(':');
    const above = lines.slice(0, index).findLast((earlier) => !isKey(earlier));
    return isKey(line) && !isSection && !above?.trim().startsWith('#');
  });
  expect(bare).toEqual([]);
});

test.each(['ai-life-science', 'demo', 'recorded'])('%s names its schema for editors', (name) => {
  const text = readFileSync(path.join(path.dirname(file), `${name}.yaml`), 'utf8');
  expect(text.startsWith('# yaml-language-server: $schema=../study.schema.json\n')).toBe(true);
});
