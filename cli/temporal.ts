import { Client, Connection } from '@temporalio/client';
import { CommandError } from './failure';
import type { StudySession } from './study-session';

/** @throws CommandError (exit 2) when no Temporal server answers */
export async function connectTemporal({ temporal }: StudySession): Promise<Client> {
  const { address, connection: options, namespace } = temporal!;
  const connection = await Connection.connect({ ...options, connectTimeout: '3s' }).catch((error: unknown) => {
    throw new CommandError(
      `Expected a Temporal server at ${address}, got "${String(error)}". Correct TEMPORAL_ADDRESS, or unset it to use the embedded engine.`,
      2,
    );
  });
  return new Client({ connection, namespace });
}

/** Whether the namespace knows our search attributes: embedded ones do, a given one when somebody registered them. */
export async function isSearchable(client: Client, session: StudySession): Promise<boolean> {
  if (session.stack !== null) return true;
  const { searchAttributes } = await import('../config/search-attributes.js');
  const { namespace } = session.temporal!;
  const known = await client.connection.operatorService.listSearchAttributes({ namespace }).catch(() => ({ customAttributes: {} }));
  return Object.keys(searchAttributes).every((name) => name in (known.customAttributes ?? {}));
}
