import { canonicalJson } from './canonical';
import { sha256 } from './digest';
import type { CodeParts } from './cues';

/** A source file as printed without comments and formatting, and what it imports: files by path from the root, packages by name. */
export interface PrintedModule {
  readonly printed: string;
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

export interface Code {
  /** What enters the key. */
  readonly digest: string;
  /** File → digest of its printed text, package → locked version: what a code cue compares. */
  readonly parts: CodeParts;
}

/** Rooms that one frozen engine version covers: their edits re-run nothing by themselves. */
const ENGINE_ROOMS = /^(dag|store|worker)\//;

/**
 * The code a step's rows depend on: its file and every file it imports, stopping at other steps (their rows enter as inputs) and at
 * the engine's rooms, with the locked versions of the packages in it.
 * @throws Error when a module or a package's version is not known.
 */
export function codeOf(
  entry: string,
  modules: ReadonlyMap<string, PrintedModule>,
  lock: { steps: ReadonlySet<string>; versions: Readonly<Record<string, string>> },
): Code {
  const parts: Record<string, string> = {};
  const visit = (file: string): void => {
    if (file in parts) return;
    const module = modules.get(file);
    if (module === undefined)
      throw new Error(`Expected the source of ${file}, imported by ${entry}, got nothing. Build again from a whole checkout.`);
    parts[file] = sha256(module.printed);
    for (const name of module.packages) parts[name] = versionOf(name, lock.versions, file);
    for (const next of module.files) if (!lock.steps.has(next) && !ENGINE_ROOMS.test(next)) visit(next);
  };
  visit(entry);
  return { digest: sha256(canonicalJson(parts)), parts };
}

function versionOf(name: string, versions: Readonly<Record<string, string>>, file: string): string {
  if (name.startsWith('node:')) return 'node';
  const version = versions[name];
  if (version === undefined)
    throw new Error(`Expected a locked version of the package ${name}, imported by ${file}, got none. Run npm install.`);
  return version;
}
