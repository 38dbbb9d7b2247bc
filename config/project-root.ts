import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from './input-error';

const packageFile = z.object({ name: z.string() });

/**
 * The folder of research-atlas: the nearest one upwards whose package.json carries that name. The same from source and from dist/.
 * @throws InputError if there is none
 */
export function projectRoot(from: string = __dirname): string {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    if (isProject(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) break;
  }
  throw new InputError(`Expected a package.json named research-atlas above this folder, got none (${from}). Run from a complete checkout.`);
}

function isProject(file: string): boolean {
  if (!existsSync(file)) return false;
  return packageFile.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.name === 'research-atlas';
}
