type Handler = () => void;

const EXIT_INTERRUPTED = 130;

let handler: Handler = leave;

/** Ends the process at once: the keeper sees the closed socket and stops what nobody holds. A run may have gone on before it is followed. */
function leave(): void {
  process.stderr.write('Interrupted. What a run has finished is kept; the same command again goes on.\n');
  process.exit(EXIT_INTERRUPTED);
}

/** Ctrl-C and SIGTERM, from the first moment of a command on; `onInterrupt` decides what they do. */
export function listenForInterrupts(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => handler());
}

/** Lets somebody else decide what an interrupt does. @returns gives the decision back */
export function onInterrupt(next: Handler): () => void {
  handler = next;
  return () => {
    handler = leave;
  };
}
