// The floor: a Node process that hashes so many keys and looks each up in Postgres, all in one question; with `temporal`, one call more.
//   node bench/engine/bare.mjs KEYS DATABASE_URL [TEMPORAL_ADDRESS NAMESPACE]
import { createHash } from 'node:crypto';
import pg from 'pg';

const [keys, url, address, namespace] = process.argv.slice(2);
const hashed = Array.from({ length: Number(keys) }, (_, at) =>
  createHash('sha256').update(`{"step":"sample/a","shard":${at}}`).digest('hex'),
);
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query('select shard_key from unnest($1::text[]) as wanted(key) join store.shard on shard_key = key', [hashed]);
await client.end();
if (address !== undefined) {
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address });
  await connection.workflowService.describeNamespace({ namespace });
  await connection.close();
}
