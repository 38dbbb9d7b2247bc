import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadGraph, loadSteps } from '../../activities/registry';
import { projectRoot } from '../../stack/project-root';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-steps-'));
  mkdirSync(path.join(folder, 'sample'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, text: string): void => {
  writeFileSync(path.join(folder, 'sample', name), text);
};

test('every file of a stage is a step, called by its path', () => {
  put('topic.js', "exports.default = { id: 'sample/topic' };");
  put('articles.js', "exports.default = { id: 'sample/articles' };");
  put('topic.d.ts', 'export {};');
  expect(loadSteps(folder).map(({ id }) => id)).toEqual(['sample/articles', 'sample/topic']);
});

test('a path that is not the id is refused, naming both', () => {
  put('topic.js', "exports.default = { id: 'sample/topics' };");
  expect(() => loadSteps(folder)).toThrow('Expected the step in activities/sample/topic to have that path as its id, got "sample/topics"');
});

test('a file without a step is refused by name', () => {
  put('shared.js', 'exports.half = (n) => n / 2;');
  expect(() => loadSteps(folder)).toThrow('Expected activities/sample/shared to export a step by default, got none.');
});

test('the steps of the program are the files of its stage folders', () => {
  const activities = path.join(projectRoot(), 'activities');
  const files = ['source', 'sample', 'atlas', 'model', 'figure', 'report']
    .filter((stage) => readdirSync(activities).includes(stage))
    .flatMap((stage) => readdirSync(path.join(activities, stage), { withFileTypes: true }).map((entry) => ({ stage, entry })))
    .filter(({ entry }) => entry.isFile())
    .map(({ stage, entry }) => `${stage}/${entry.name.replace(/\.ts$/, '')}`);
  const { order } = loadGraph();
  expect(files.length).toBeGreaterThan(30);
  expect(order.map(({ id }) => id).sort()).toEqual(files.sort());
  expect(order.filter(({ doc }) => !/^[A-Z0-9].{15,}$/.test(doc)).map(({ id }) => id)).toEqual([]);
});
