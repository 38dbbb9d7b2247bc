import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError, errorCode, messageOf } from './errors';
import type { Home } from './home';

/*
 * One keeper per home, by a lock that cannot go stale: the socket itself. Sockets are numbered; the keeper of a home is the one that
 * listens on the highest number. A dead keeper's socket refuses connections, so its successor takes the next number; binding a number
 * fails when the file exists, so of two successors one wins. Nobody ever removes the highest number but its own keeper, which is why a
 * slow starter cannot remove the socket of a quick one.
 */

const SOCKET = /^keeper\.(\d+)\.sock$/;

function numbers(home: Home): number[] {
  try {
    const found = readdirSync(home.socketDir).map((name) => Number(SOCKET.exec(name)?.[1] ?? Number.NaN));
    return found.filter((n) => !Number.isNaN(n)).sort((a, b) => b - a);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw new StackError(
      `Expected a home that this user can read, got ${messageOf(error)}. Use its owner's account, or another home (--home).`,
      2,
    );
  }
}

export function socketPath(home: Home, number: number): string {
  return path.join(home.socketDir, `keeper.${number}.sock`);
}

function connect(file: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(file);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => {
      resolve(null);
    });
  });
}

/** A connection to the keeper of this home, or null when none lives. */
export async function dial(home: Home): Promise<{ socket: Socket; address: string } | null> {
  // Between bind and listen a live keeper refuses as a dead one does: knock three times.
  for (let knock = 0; knock < 3; knock++) {
    const highest = numbers(home)[0];
    if (highest === undefined) return null;
    const address = socketPath(home, highest);
    const socket = await connect(address);
    if (socket) return { socket, address };
    await sleep(30);
  }
  return null;
}

function listen(server: Server, file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error): void => {
      if (errorCode(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', refused);
    server.listen(file, () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}

/** Makes `server` the keeper of the home. Its socket's path, or null when another process is the keeper. */
export async function claim(home: Home, server: Server): Promise<string | null> {
  mkdirSync(home.socketDir, { recursive: true, mode: 0o700 });
  const living = await dial(home);
  if (living) {
    living.socket.destroy();
    return null;
  }
  const mine = (numbers(home)[0] ?? 0) + 1;
  const address = socketPath(home, mine);
  if (!(await listen(server, address))) return null;
  if (numbers(home)[0] !== mine) {
    server.close();
    return null;
  }
  for (const old of numbers(home)) if (old < mine) rmSync(socketPath(home, old), { force: true });
  return address;
}
