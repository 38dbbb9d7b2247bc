import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { refFile } from '../../config/resolve/file-refs';
import { KnownDigests } from '../../config/resolve/known-digests';

let folder: string;
let file: string;
let at: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-digests-'));
  file = path.join(folder, 'a.xml');
  at = path.join(folder, 'home', 'file-digests.json');
  writeFileSync(file, 'one');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As it would be seen when the file had not been touched for a minute. */
const settled = () => {
  const stat = statSync(file);
  return Object.assign(Object.create(Object.getPrototypeOf(stat) as object) as typeof stat, stat, { mtimeMs: 1e12, ctimeMs: 1e12 });
};

test('a digest is known again for the same file, also by the next command', () => {
  const known = new KnownDigests(at);
  known.add(file, settled(), 'd1');
  known.save();
  expect(new KnownDigests(at).find(file, settled())).toBe('d1');
});

test.each<[string, object]>([
  ['size', { size: 4 }],
  ['time of content', { mtimeMs: 1e12 + 1 }],
  ['time of inode', { ctimeMs: 1e12 + 1 }],
  ['inode', { ino: 1 }],
  ['device', { dev: -1 }],
])('another %s is another file', (_what, change) => {
  const known = new KnownDigests(at);
  known.add(file, settled(), 'd1');
  expect(known.find(file, Object.assign(settled(), change))).toBeNull();
});

test('a file that was changed a moment ago is read again: a change in the same tick would not show', async () => {
  const known = new KnownDigests(at);
  const before = await refFile(file, {}, known);
  expect(known.find(file, statSync(file))).toBeNull();
  const { mtime, atime } = statSync(file);
  writeFileSync(file, 'two');
  utimesSync(file, atime, mtime);
  expect((await refFile(file, {}, known)).sha256).not.toBe(before.sha256);
});

test('what cannot be read, or was written by something else, is as good as nothing', () => {
  for (const text of ['', '{"version":2,"known":{}}', '{"version":1,"known":{"a":1}}']) {
    writeFileSync(path.join(folder, 'broken.json'), text);
    expect(new KnownDigests(path.join(folder, 'broken.json')).find(file, settled())).toBeNull();
  }
});
