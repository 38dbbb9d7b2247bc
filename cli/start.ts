#!/usr/bin/env node
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

// What `atlas` starts: the command in one file, with what V8 compiled of it in an earlier run kept beside it. Compiling it anew is a
// third of the time of a command that finds nothing to do. (From Node 22.1 on `module.enableCompileCache` does the same.)

/** The command's file, named by its content at build: what was compiled of an older one is never taken for this one's. */
declare const COMMAND_FILE: string;

/** Commands that pass through most of the code: what the first of them compiled is kept. */
const THOROUGH: ReadonlySet<string | undefined> = new Set(['demo', 'rebuild']);

const file = path.join(__dirname, COMMAND_FILE);
const kept = `${file}.compiled`;

type Wrapped = (...parts: [exports: unknown, require: NodeJS.Require, module: unknown, filename: string, dirname: string]) => void;

function start(): void {
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
  const isWanted = (cachedData === undefined || script.cachedDataRejected === true) && THOROUGH.has(process.argv[2]);
  if (isWanted) process.once('exit', (code) => code === 0 && keep(script));
  (script.runInThisContext() as Wrapped)(exports, createRequire(file), module, file, __dirname);
}

/** A folder that cannot be written to costs time, nothing else. */
function keep(script: Script): void {
  try {
    const own = `${kept}.${process.pid}`;
    writeFileSync(own, script.createCachedData());
    renameSync(own, kept);
  } catch {
    // The next command compiles again.
  }
}

start();
