import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../config/project-root';
import { folderWith } from './study-folder';

test('the root is the same from source and from dist', () => {
  const root = projectRoot();
  expect(existsSync(path.join(root, 'config', 'studies', 'ai-life-science.yaml'))).toBe(true);
  expect(projectRoot(path.join(root, 'dist', 'config'))).toBe(root);
});

test('a package of another name is passed over', () => {
  const folder = folderWith({ 'package.json': '{"name":"research-atlas"}', 'inner/package.json': '{"name":"other"}' });
  expect(projectRoot(path.join(folder, 'inner'))).toBe(folder);
});

test('no project above is an error with exit code 2', () => {
  expect(() => projectRoot('/')).toThrow(expect.objectContaining({ exitCode: 2 }));
});
