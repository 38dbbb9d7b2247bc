import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root';
import { stepsFolder } from '../config/steps-folder';
import type { Code } from '../dag/closure';
import { sha256 } from '../dag/digest';

/** The code digest of every step, as the build wrote it (scripts/write-codes.mjs). Step id → code. */
export function loadCodes(): Map<string, Code> {
  return new Map(Object.entries(JSON.parse(readFileSync(codesFile(), 'utf8')) as Record<string, Code>));
}

/** Names the code that is running: workers and commands of one build and one folder of steps find each other by it. */
export function buildId(): string {
  const { build } = JSON.parse(readFileSync(path.join(projectRoot(), 'dist', 'build.json'), 'utf8')) as { build: string };
  return stepsFolder() === null ? build : sha256(`${build} ${readFileSync(codesFile(), 'utf8')}`).slice(0, build.length);
}

function codesFile(): string {
  return path.join(stepsFolder() ?? path.join(projectRoot(), 'dist'), 'codes.json');
}
