import { QUEUES } from '../config/queues';

/** Reads `--queues light,cpu`; all queues when it is left out. */
export function parseQueues(args: readonly string[]): string[] {
  const at = args.indexOf('--queues');
  if (at < 0) return QUEUES;
  const asked = (args[at + 1] ?? '').split(',').filter((name) => name !== '');
  const unknown = asked.filter((name) => !QUEUES.includes(name));
  if (asked.length === 0 || unknown.length > 0)
    throw new Error(`Expected --queues with some of ${QUEUES.join(', ')}, got ${unknown.join(', ') || 'nothing'}.`);
  return asked;
}
