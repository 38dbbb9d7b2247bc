import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Hands on each line of a socket as parsed JSON. A line that is none ends the connection: the other side is not one of ours. */
export function onMessage(socket: Socket, take: (message: unknown) => void): void {
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('error', () => undefined);
  lines.on('line', (line) => {
    try {
      take(JSON.parse(line));
    } catch {
      socket.destroy();
    }
  });
}

export function send(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
