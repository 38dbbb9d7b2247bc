// Starting whole processes and keeping their times.
import { spawnSync } from 'node:child_process';

/** Runs a program to its end. @returns seconds and what it printed */
export function run(command, args, { cwd, env = {}, allow = [0] } = {}) {
  const from = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - from) / 1000;
  if (error) throw error;
  if (!allow.includes(status)) throw new Error(`Expected ${command} ${args.join(' ')} to end well, got ${status}: ${stderr.slice(-2000)}`);
  return { seconds, stdout, stderr };
}

export const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export function text(values, unit = ' s') {
  const shown = values.map((value) => value.toFixed(2));
  if (values.length === 1) return `${shown[0]}${unit}`;
  return `${middle(values).toFixed(2)}${unit} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
}
