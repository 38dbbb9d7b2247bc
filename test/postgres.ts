import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../stack/project-root';
import { openStack, type StackSession } from '../stack/session';
import { openDatabase, type Database } from '../store/database';
import { migrate } from '../store/migrate';

/** The home all test files of one jest share, named by jest.config.js and removed by postgres-teardown.ts. */
export function testHome(): string {
  const home = process.env.ATLAS_TEST_HOME;
  if (home === undefined) throw new Error('Expected ATLAS_TEST_HOME of jest.config.js, got none. Run the tests through jest.');
  return home;
}

/**
 * A Postgres server for a test file, from the project's own stack, with databases of its own.
 * The last file to close it stops it; the next one starts it again, which takes a second.
 */
export class TestPostgres {
  readonly #open = new Set<Database>();

  private constructor(private readonly session: StackSession) {}

  static async start(): Promise<TestPostgres> {
    needCompiled();
    return new TestPostgres(await openStack(testHome(), ['postgres']));
  }

  /** The URL of a new, empty database. */
  async emptyUrl(): Promise<string> {
    return this.session.database(`test_${randomBytes(6).toString('hex')}`);
  }

  /** A new database at the program's schema. */
  async database(): Promise<Database> {
    const database = this.open(await this.emptyUrl());
    await migrate(database);
    return database;
  }

  /** Another pool, closed with the others. */
  open(url: string): Database {
    const database = openDatabase(url);
    this.#open.add(database);
    return database;
  }

  /** Gives up the connections of a database before the others: a server has a hundred. */
  async leave(database: Database): Promise<void> {
    this.#open.delete(database);
    await database.pool.end();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((database) => this.leave(database)));
    await this.session.close();
  }
}

/** sha256 of a text, for made-up keys. */
export const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The keeper of a home runs compiled code, also for tests. */
function needCompiled(): void {
  if (existsSync(path.join(projectRoot(), 'dist', 'stack', 'keeper.js'))) return;
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: projectRoot(), stdio: 'inherit' });
}
