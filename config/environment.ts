import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** Variables that hold a path: relative to where they are written, the project root for `.env`. */
const PATHS = ['ATLAS_HOME', 'ATLAS_RECORDED'];

/** `.env` at the project root; empty if there is none. Its relative paths become absolute. */
export function dotEnv(root: string): NodeJS.ProcessEnv {
  const file = path.join(root, '.env');
  if (!existsSync(file)) return {};
  const values: NodeJS.ProcessEnv = { ...parseEnv(readFileSync(file, 'utf8')) };
  for (const name of PATHS) if (values[name]) values[name] = path.resolve(root, values[name]);
  return values;
}

/** The environment over `.env`. An empty variable counts as absent, as most shells cannot tell the two. */
export function environment(root: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  return { ...dotEnv(root), ...Object.fromEntries(given) };
}
