import { readdirSync } from 'node:fs';
import path from 'node:path';

export const STAGES = ['source', 'sample', 'atlas', 'model', 'figure', 'report'];

/** What a file of steps holds when it is loaded. */
export type Load = () => { readonly default?: unknown };

/**
 * The files of the stage folders below a folder: id → how to load it. Every file is a step; there is no other list.
 * The bundle of the command has the program's own steps inside (scripts/bundle-cli.mjs).
 */
export function stepModules(folder: string): Map<string, Load> {
  const files = STAGES.flatMap((stage) => stepFiles(path.join(folder, stage)).map((file) => path.join(stage, file)));
  return new Map(files.map((file) => [idOf(file), loader(path.join(folder, file))]));
}

/** The program's own steps. */
export function ownModules(): Map<string, Load> {
  return stepModules(__dirname);
}

function idOf(file: string): string {
  return file
    .split(path.sep)
    .join('/')
    .replace(/\.[jt]s$/, '');
}

function loader(file: string): Load {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder is the list
  return () => require(file) as { default?: unknown };
}

function stepFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[a-z0-9-]+\.(js|ts)$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
