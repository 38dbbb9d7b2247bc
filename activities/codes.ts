import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root';
import { codeOf, type Code, type PrintedModule } from '../dag/closure';

interface Printed {
  readonly steps: readonly string[];
  readonly modules: Readonly<Record<string, PrintedModule>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** The code digest of every step, from what the build printed. Step id → code. */
export function loadCodes(): Map<string, Code> {
  const printed = JSON.parse(readFileSync(path.join(projectRoot(), 'dist', 'codes.json'), 'utf8')) as Printed;
  const modules = new Map(Object.entries(printed.modules));
  const lock = { steps: new Set(printed.steps), versions: printed.versions };
  return new Map(printed.steps.map((file) => [file.replace(/^activities\/|\.ts$/g, ''), codeOf(file, modules, lock)]));
}

/** Names the code that is running: workers and commands of one build find each other by it. */
export function buildId(): string {
  const { build } = JSON.parse(readFileSync(path.join(projectRoot(), 'dist', 'build.json'), 'utf8')) as { build: string };
  return build;
}
