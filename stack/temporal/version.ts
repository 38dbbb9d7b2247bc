import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What is fetched when there is none: CLI 1.9.1 brings server 1.32.0 and UI 2.54.1. */
export const TEMPORAL_VERSION = '1.9.1';

/** Which installed CLI is used instead of fetching. From 1.5 on (server 1.29) `start-dev` is as we need it; 2 may change its flags. */
export const TEMPORAL_RANGE = '>=1.5.0 <2';

const LOWEST_MINOR = 5;
const run = promisify(execFile);

export function inRange(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 1 && minor !== undefined && minor >= LOWEST_MINOR;
}

/** The version a Temporal CLI names. @throws Error when it is none, or does not run here. */
export async function versionOf(binary: string): Promise<string> {
  const { stdout } = await run(binary, ['--version'], { timeout: 20_000 });
  const version = /temporal version v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (!version) throw new Error(`\`${binary} --version\` said ${JSON.stringify(stdout.trim().slice(0, 80))}`);
  return version;
}
