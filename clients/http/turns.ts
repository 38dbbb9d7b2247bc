import { once } from 'node:events';

/** The end of whoever came last for each name. */
const ends = new Map<string, Promise<unknown>>();

/**
 * Does the work when all that this process was asked to do under the same name before has ended, well or not. Two steps may want the same
 * answer at the same moment: the second then finds what the first has fetched.
 * @throws what the work throws, or the reason of a signal that is aborted before its turn
 */
export async function inTurn<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const before = ends.get(name) ?? Promise.resolve();
  const mine = (async () => {
    await endOrAbort(before, signal);
    return work();
  })();
  // Who gives up waiting must not let the next one in before its turn.
  const end = Promise.allSettled([before, mine]);
  ends.set(name, end);
  void end.then(() => ends.get(name) === end && ends.delete(name));
  return mine;
}

async function endOrAbort(before: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  const given = new AbortController();
  try {
    await (signal === undefined ? before : Promise.race([before, aborted(signal, given.signal)]));
  } finally {
    given.abort();
  }
  signal?.throwIfAborted();
}

/** Ends when `signal` is aborted, or when nobody listens any more. */
async function aborted(signal: AbortSignal, until: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort', { signal: until }).catch(() => undefined);
}
