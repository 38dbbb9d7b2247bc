import { Client, Connection } from '@temporalio/client';
import { searchAttributes } from '../config/search-attributes';
import type { Settings } from '../config/settings';
import { temporalConnection } from '../config/temporal';
import { openDatabase } from '../store/database';
import type { DoctorLine } from '../stack/session';

/** What `doctor` says of a Postgres and a Temporal that were given: they are asked, and nothing in them is made or changed. */
export async function givenEngines(settings: Settings): Promise<DoctorLine[]> {
  return Promise.all([givenPostgres(settings), givenTemporal(settings)]);
}

const line = (part: string, rest: Pick<DoctorLine, 'ok' | 'from' | 'version' | 'advice'>): DoctorLine => ({
  part,
  required: true,
  ...rest,
});

const ABOUT = `select current_setting('server_version') as version, datcollate as locale, pg_encoding_to_char(encoding) as encoding
  from pg_database where datname = current_database()`;

async function givenPostgres({ secrets, redact }: Settings): Promise<DoctorLine> {
  const { pool } = openDatabase(secrets.databaseUrl!, { max: 1 });
  const { host, pathname } = new URL(secrets.databaseUrl!);
  const from = `given (ATLAS_DATABASE_URL: ${host}${pathname})`;
  try {
    const { version, locale, encoding } = (await pool.query<Record<'version' | 'locale' | 'encoding', string>>(ABOUT)).rows[0]!;
    const ok = encoding === 'UTF8';
    const advice = ok ? null : `Make a database with encoding UTF8: this one has ${encoding}, locale ${locale}.`;
    return line('postgres', { ok, from, version, advice });
  } catch (error) {
    return line('postgres', {
      ok: false,
      from,
      version: null,
      advice: redact(`Start it or correct ATLAS_DATABASE_URL (${messageOf(error)}).`),
    });
  } finally {
    await pool.end();
  }
}

async function givenTemporal({ temporal, redact }: Settings): Promise<DoctorLine> {
  const { connectionOptions, namespace } = temporalConnection(temporal!);
  const from = `given (${connectionOptions.address}, namespace ${namespace})`;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ ...connectionOptions, connectTimeout: '3s' });
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    return line('temporal', { from, version: serverVersion ?? null, ...(await namespaceCheck(new Client({ connection, namespace }))) });
  } catch (error) {
    const advice = redact(`Start it, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE (${messageOf(error)}).`);
    return line('temporal', { ok: false, from, version: null, advice });
  } finally {
    await connection?.close();
  }
}

/** Without the search attributes rebuilds work, and cannot be filtered by them. */
async function namespaceCheck({ connection, options: { namespace } }: Client): Promise<Pick<DoctorLine, 'ok' | 'advice'>> {
  await connection.workflowService.describeNamespace({ namespace });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributes).filter((name) => !(name in (customAttributes ?? {})));
  const advice = `Rebuilds cannot be filtered by ${missing.join(', ')}: register them (docs/operating.md, The Temporal UI).`;
  return { ok: true, advice: missing.length === 0 ? null : advice };
}

/** A refused connection may come as several errors in one, without a message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
