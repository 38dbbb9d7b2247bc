import { spawn } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import path from 'node:path';
import { Connection } from './connection';
import { StackError } from './errors';
import { logFile, type Home } from './home';
import { dial } from './lock';
import { openLog, sizeOf, tail } from './log';
import { poll } from './poll';
import { compiledRoot } from './project-root';

const START_MS = 15_000;

/** A connection to the keeper of this home, or null when none runs. */
export async function connect(home: Home): Promise<Connection | null> {
  const found = await dial(home);
  return found && new Connection(found.socket, found.address);
}

/** Starts a keeper in a session and process group of its own, so that Ctrl-C in the terminal does not reach it. */
function spawnKeeper(home: Home): { ended: () => boolean } {
  const entry = path.join(compiledRoot(), 'stack', 'keeper.js');
  if (!existsSync(entry)) throw new StackError(`Expected the compiled program, got no ${entry}. Run \`npm run build\`.`, 2);
  const log = openLog(logFile(home, 'keeper'));
  // Not in the caller's folder: a keeper must not hold on to it.
  const keeper = spawn(process.execPath, [entry, home.dir], { cwd: home.dir, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  keeper.unref();
  let over = false;
  keeper.once('error', () => (over = true));
  keeper.once('exit', () => (over = true));
  return { ended: () => over };
}

/** Connects to the keeper of this home, starting one when there is none. Two at once end with the same keeper. */
export async function connectOrStart(home: Home): Promise<Connection> {
  const present = await connect(home);
  if (present) return present;
  const file = logFile(home, 'keeper');
  const since = sizeOf(file);
  let keeper = spawnKeeper(home);
  const connection = await poll(async () => {
    const found = await connect(home);
    // Ours gave way to another, and that one is gone by now: try again.
    if (!found && keeper.ended()) keeper = spawnKeeper(home);
    return found;
  }, START_MS);
  if (connection) return connection;
  throw new StackError(`Expected the keeper of ${home.dir} to answer within ${START_MS / 1000} s, got (${file}):\n${tail(file, since)}`);
}
