import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeOf, type Code, type PrintedModule } from '../../dag/closure';
import { projectRoot } from '../../stack/project-root';

const STAGES = ['source', 'sample', 'atlas', 'model', 'figure', 'report'];

interface Printed {
  readonly steps: readonly string[];
  readonly modules: Readonly<Record<string, PrintedModule>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** The code digests of a tree of sources, printed by the project's own script in a process of its own. Step file → code. */
export function codesOf(files: Readonly<Record<string, string>>): Map<string, Code> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'atlas-tree-'));
  try {
    for (const stage of STAGES) mkdirSync(path.join(root, 'activities', stage), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    return allCodes(print(root));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function print(root: string): Printed {
  const script = pathToFileURL(path.join(projectRoot(), 'scripts', 'print-codes.mjs')).href;
  const program = `import { printCodes } from ${JSON.stringify(script)}; console.log(JSON.stringify(await printCodes(process.argv[1])));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program, root], { encoding: 'utf8' })) as Printed;
}

function allCodes({ steps, modules, versions }: Printed): Map<string, Code> {
  const lock = { steps: new Set(steps), versions };
  return new Map(steps.map((file) => [file, codeOf(file, new Map(Object.entries(modules)), lock)]));
}
