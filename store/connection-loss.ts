import { types } from 'node:util';

/** Conditions of Postgres that pass by themselves: the server goes, comes, or is full of others (appendix A of its manual). */
const PASSING = /^(08...|57P0[123]|53300|40001|40P01)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);
/** What the driver says of a connection that ended under it; these carry no code. */
const ENDED = /^Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/** Whether the database was away, or gave way to others: the same work may succeed when it is tried again, however often it was. */
export function isConnectionLoss(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  const isNetwork = NETWORK.has(code) && 'syscall' in error && (error.syscall === 'connect' || code !== 'ENOENT');
  return PASSING.test(code) || isNetwork || ENDED.test(error.message);
}
