import { createServer } from 'node:net';

/** A TCP port of 127.0.0.1 that was free a moment ago. Somebody else may take it: who binds it must be ready to ask again. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

const PORT_TRIES = 5;

/** Starts something on a free port, again on another one when `start` answers `port-taken`. */
export async function onFreePort<T>(start: () => Promise<T | 'port-taken'>): Promise<T> {
  for (let attempt = 0; attempt < PORT_TRIES; attempt++) {
    const started = await start();
    if (started !== 'port-taken') return started;
  }
  throw new Error(`Expected a free port on 127.0.0.1, got ${PORT_TRIES} that were taken before they could be used. Try again.`);
}

export function isPortTaken(log: string): boolean {
  return /address already in use|can't (set|listen).*port|could not bind/i.test(log);
}
