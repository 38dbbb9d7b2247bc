import path from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import { buildId } from '../activities/codes';
import { loadStudy, type LoadedStudy } from '../config/load';
import { refuseNotYet } from '../config/not-yet';
import { loadSettings, type Settings } from '../config/settings';
import { searchAttributes } from '../config/search-attributes';
import { temporalConnection } from '../config/temporal';
import { openStack, type EngineNeed, type StackSession } from '../stack/session';
import { openDatabase, type Database } from '../store/database';
import { databaseId, migrate } from '../store/migrate';
import { CommandError } from './failure';
import { note, type CommonOptions } from './options';

/** A study with its database open, and the engines behind it. */
export interface StudySession {
  readonly settings: Settings;
  readonly loaded: LoadedStudy;
  readonly database: Database;
  readonly databaseId: string;
  readonly build: string;
  /** Null when the engines were given from outside. */
  readonly stack: StackSession | null;
  readonly temporal: {
    readonly address: string;
    readonly connection: ConnectionOptions;
    readonly namespace: string;
    readonly uiUrl: string | null;
  } | null;
  close(): Promise<void>;
}

export interface SessionNeeds {
  readonly temporal: boolean;
  readonly embedded?: boolean;
  /** Keys over those of the study file. */
  readonly override?: Readonly<Record<string, unknown>>;
  /** Commands that only read do not mind a ranking file that is not in place. */
  readonly reading?: boolean;
}

/** Opens what a command needs, and nothing more: reading commands start Postgres only. */
export async function openStudy(options: CommonOptions, needs: SessionNeeds): Promise<StudySession> {
  const settings = loadSettings({ home: options.home, study: options.study, embedded: needs.embedded });
  const loaded = await loadStudy(settings.study, {
    override: needs.override,
    missingFiles: needs.reading === true ? 'list' : 'refuse',
    digests: path.join(settings.home, 'file-digests.json'),
  });
  refuseNotYet(loaded.study);
  const opened = settings.engines === 'given' ? given(settings) : await embedded(settings, loaded.study.name, needs.temporal);
  const database = openDatabase(opened.url);
  try {
    await migrate(database);
  } catch (error) {
    await database.pool.end();
    await opened.stack?.close();
    throw reachable(error, settings);
  }
  const close = async (): Promise<void> => {
    await database.pool.end();
    await opened.stack?.close();
  };
  return {
    settings,
    loaded,
    database,
    databaseId: await databaseId(database),
    build: buildId(),
    stack: opened.stack,
    temporal: opened.temporal,
    close,
  };
}

interface Opened {
  readonly url: string;
  readonly stack: StackSession | null;
  readonly temporal: StudySession['temporal'];
}

function given({ secrets, temporal }: Settings): Opened {
  const { connectionOptions, namespace } = temporalConnection(temporal!);
  return {
    url: secrets.databaseUrl!,
    stack: null,
    temporal: { address: connectionOptions.address, connection: connectionOptions, namespace, uiUrl: null },
  };
}

async function embedded(settings: Settings, study: string, temporal: boolean): Promise<Opened> {
  const needs: EngineNeed[] = temporal ? ['postgres', 'temporal'] : ['postgres'];
  const stack = await openStack(settings.home, needs, { note, searchAttributes });
  return {
    url: await stack.database(`atlas_${study.replaceAll('-', '_')}`),
    stack,
    temporal: stack.temporal === null ? null : { ...stack.temporal, connection: { address: stack.temporal.address } },
  };
}

function reachable(error: unknown, settings: Settings): unknown {
  if (error instanceof Error && 'code' in error && ['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000'].includes(String(error.code))) {
    return new CommandError(
      settings.redact(
        `Expected a Postgres database at ATLAS_DATABASE_URL, got "${error.message}". Correct the URL, or unset it to use the embedded engine.`,
      ),
      2,
    );
  }
  return error;
}
