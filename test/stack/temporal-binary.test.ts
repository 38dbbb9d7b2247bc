import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findTemporal, searchInstalled } from '../../stack/temporal/find';
import { inRange } from '../../stack/temporal/version';

let folder: string;
const saved = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-path-'));
  process.env['PATH'] = `${folder}${path.delimiter}/usr/bin:/bin`;
  process.env['XDG_CACHE_HOME'] = folder;
  delete process.env['TEMPORAL_CLI_PATH'];
});

afterEach(() => {
  process.env = { ...saved };
  rmSync(folder, { recursive: true, force: true });
});

/** A real executable that says what `temporal --version` of that version says. */
function install(version: string): string {
  const file = path.join(folder, 'temporal');
  writeFileSync(file, `#!/bin/sh\necho 'temporal version ${version} (Server 1.32.0, UI 2.54.1)'\n`);
  chmodSync(file, 0o755);
  return file;
}

test.each([
  ['1.5.0', true],
  ['1.9.1', true],
  ['1.40.0', true],
  ['1.4.9', false],
  ['2.0.0', false],
  ['0.13.0', false],
])('version %s is within the range: %s', (version, expected) => {
  expect(inRange(version)).toBe(expected);
});

test('one on the PATH within the range is taken', async () => {
  const file = install('1.7.2');
  expect((await searchInstalled()).found).toEqual({ path: file, version: '1.7.2', from: 'PATH' });
});

test('one outside the range is passed over, with a line that says so', async () => {
  install('1.1.0');
  const { found, failed } = await searchInstalled();
  expect(found).toBeNull();
  expect(failed.map(({ way }) => way)).toEqual(['TEMPORAL_CLI_PATH', 'PATH', 'cache']);
  expect(failed[1]?.why).toMatch(/is version 1\.1\.0, outside >=1\.5\.0 <2/);
});

test('TEMPORAL_CLI_PATH comes first, and is not passed over when it is wrong', async () => {
  install('1.7.2');
  process.env['TEMPORAL_CLI_PATH'] = path.join(folder, 'absent');
  await expect(findTemporal(() => undefined)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('absent is no executable file') as string,
  });
});
