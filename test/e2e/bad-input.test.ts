import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { everythingSaid, json, runAtlas, type Answer, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

const KEY = 'marker-of-a-secret-key-4711';
/** Nothing listens there: port 1 is reserved. */
const CLOSED = 'http://127.0.0.1:1';

let own: OwnFiles;

beforeAll(async () => {
  own = await ownFiles({ OPENALEX_API_KEY: KEY });
  await own.home.hold();
});

afterAll(() => own.end());

/** The exit code, and whether the message says this. */
function says(answer: Answer, ...texts: readonly (string | RegExp)[]): void {
  const { code, stderr } = answer;
  const missing = texts.filter((text) => (typeof text === 'string' ? !stderr.includes(text) : !text.test(stderr)));
  expect({ code, missing, stderr }).toEqual({ code: 2, missing: [], stderr });
}

/** A file beside those of the world. */
function file(name: string, bytes: Buffer): string {
  const target = path.join(own.home.top, 'files', name);
  writeFileSync(target, bytes);
  return target;
}

const firstFile = (): Buffer => readFileSync(own.files[0]!);
const xml = (): string => gunzipSync(firstFile()).toString('utf8');

describe('a study file', () => {
  it.each([
    ['an unknown key', 'extends: demo\nkeyword: { add: [x] }\n', /unknown-key\.yaml:3:1.*keyword/s],
    ['a wrong type', 'extends: demo\nkeywords: { end: maybe }\n', /wrong-type\.yaml:3:18/],
  ])('with %s is refused with its place', async (what, yaml, place) => {
    const study = own.home.study(what.split(' ').slice(1).join('-'), yaml);
    says(await own.home.run(['plan', '--study', study]), place);
  });

  it('that is not there is refused, and so is a step', async () => {
    says(await own.home.run(['plan', '--study', 'ai-life-sciences']), 'ai-life-sciences', 'Did you mean ai-life-science?');
    says(await own.home.run(['why', 'lead-countries', '--study', own.study('fine')]), 'lead-countries', 'Did you mean sample/lead-country');
    says(await own.home.run(['rebuild', '--force', 'sample/topics', '--study', own.study('fine')]), 'Did you mean sample/topic');
  });

  it('whose rankings are missing is refused before anything starts', async () => {
    says(await own.home.run(['rebuild', '--study', 'ai-life-science']), 'rank.journalFiles', 'README.md');
  });
});

describe('the command line', () => {
  it('names what is wrong with it', async () => {
    says(await runAtlas(['rebuild', '--onyl', 'x']), '--onyl');
    says(await runAtlas(['rebiuld']), 'rebiuld', 'atlas --help');
    says(await own.home.run(['show', 'last', '--study', own.study('fine')]), 'last');
    says(await own.home.run(['demo', '--exit', '--seed', 'x']), '--seed');
  });

  it('says in JSON what it says in words', async () => {
    const { stdout, code } = await own.home.run(['plan', '--study', 'nope', '--json']);
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('nope') as string, exitCode: code });
  });
});

describe('engines that are given', () => {
  const PASSWORD = 'marker-of-a-password-0815';
  const closed = `postgres://somebody:${PASSWORD}@127.0.0.1:1/none`;

  it('are given both or neither', async () => {
    says(await own.home.run(['runs', '--study', own.study('fine')], { env: { ATLAS_DATABASE_URL: closed } }), 'TEMPORAL_ADDRESS');
  });

  it('must be there', async () => {
    const env = { ATLAS_DATABASE_URL: closed, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    says(await own.home.run(['runs', '--study', own.study('fine')], { env }), 'Expected a Postgres database at ATLAS_DATABASE_URL');
    const url = await (await own.home.hold()).database('atlas_given');
    const half = { ATLAS_DATABASE_URL: url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    says(await own.home.run(['rebuild', '--study', own.study('fine')], { env: half }), 'Expected a Temporal server at 127.0.0.1:1');
    expect(everythingSaid()).not.toContain(new URL(url).password);
    expect(everythingSaid()).not.toContain(PASSWORD);
  });

  it('must not belong to something else', async () => {
    const database = await own.home.database('foreign');
    await database.pool.query('create schema store');
    await database.pool.query('create table store.shelf (id int)');
    const env = { ATLAS_DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    says(await own.home.run(['runs', '--study', own.study('fine')], { env }), 'a schema "store" of something else');
    const { rows } = await database.pool.query(`select table_name from information_schema.tables where table_schema in ('store', 'data')`);
    expect(rows).toEqual([{ table_name: 'shelf' }]);
  });
});

describe('a service that is away', () => {
  it.each([
    ['openalex', { ATLAS_OPENALEX_URL: CLOSED }],
    ['bulk', { ATLAS_BULK_URL: CLOSED }],
  ])('%s is told before a run is made', async (service, env) => {
    const yaml = 'extends: ai-life-science\nconferences: { on: false }\nrank: { whenMissing: without, core: [] }\n';
    const study = own.home.study(`away-${service}`, yaml);
    says(
      await own.home.run(['rebuild', '--study', study], { env }),
      `Expected ${service} to answer at ${CLOSED}`,
      `ATLAS_${service.toUpperCase()}_URL`,
    );
    expect(json(await own.home.run(['runs', '--study', study, '--json']))).toEqual([]);
  });
});

describe('a PubMed file', () => {
  const damaged: readonly (readonly [name: string, make: () => Buffer])[] = [
    ['cut-off.xml.gz', () => firstFile().subarray(0, firstFile().length >> 1)],
    ['half.xml', () => Buffer.from(xml().slice(0, xml().length >> 1))],
    ['nameless.xml', () => Buffer.from(xml().replace(/<PMID[^>]*>\d+<\/PMID>/, ''))],
  ];

  it.each(damaged)('%s is refused by try, which prints nothing that it cannot stand for', async (name, make) => {
    says(await runAtlas(['try', 'pubmed', file(name, make())]), name, 'Expected');
  });

  it('that is damaged fails the run in one message, and seals nothing of its step', async () => {
    const bad = damaged.map(([name, make]) => file(name, make()));
    const study = own.study('failing', { files: [own.files[0]!, bad[0]!] });
    const { code, stderr, stdout } = await own.home.run(['rebuild', '--study', study, '--json']);
    const rebuilt = JSON.parse(stdout) as Rebuilt;
    expect({ code, status: rebuilt.status, named: stderr.includes('cut-off.xml.gz') }).toEqual({ code: 1, status: 'failed', named: true });
    const actions = new Map(rebuilt.steps.map(({ step, action }) => [step, action]));
    expect(actions.get('sample/keyword-hits')).toBe('failed');
    expect(actions.get('sample/pubmed-matches')).toBe('skipped');
    expect(actions.get('sample/final')).toBe('skipped');
    expect(actions.get('source/regions')).toBe('ran');
    const database = await own.home.database(study);
    const sealed = await database.pool.query(
      `select step from store.result where state = 'sealed' and step in ('sample/keyword-hits', 'sample/pubmed-matches', 'sample/articles')`,
    );
    expect(sealed.rows).toEqual([]);
  });

  it('that is damaged is skipped when the study says so, and told in the sample flow', async () => {
    const bad = damaged.map(([name, make]) => file(name, make()));
    const study = own.study('failing', { files: [own.files[0]!, ...bad], more: '  onBadFile: skip\n' });
    expect((await own.home.rebuild(study)).status).toBe('done');
    const refused = await own.home.table<{ kind: string; note: string }>(study, 'sample.pubmed_clinical');
    const reasons = refused.filter(({ kind }) => kind === 'refused').map(({ note }) => note);
    expect(damaged.map(([name]) => reasons.filter((reason) => reason.includes(name)).length)).toEqual([1, 1, 1]);
    const flow = await own.home.table<{ id: string; count: number }>(study, 'atlas.sample_flow');
    expect(flow.find(({ id }) => id === 'pubmed.refused')!.count).toBe(3);
  });
});

describe('lines on stdin', () => {
  it('are told by number when one is not JSON', async () => {
    const stdin = '{"id":1,"title":"Deep learning"}\nnot json\n';
    const answer = await runAtlas(['try', 'keywords'], { stdin });
    says(answer, 'line 2', 'not json');
    expect(answer.stdout).toBe('{"id":1,"matched":["deep learning"],"where":{"deep learning":["title"]}}\n');
  });
});

describe('what stands already', () => {
  it('is not touched when the plan is not the one accepted', async () => {
    const study = own.study('failing', { files: [own.files[0]!, own.files[1]!] });
    const { code, stderr } = await own.home.run(['rebuild', '--study', study, '--accept', 'f'.repeat(64)]);
    expect({ code, named: stderr.includes('f'.repeat(64)) }).toEqual({ code: 3, named: true });
    const runs = json<unknown[]>(await own.home.run(['runs', '--study', study, '--json']));
    expect(runs).toHaveLength(2);
  });

  it('is fetched again when its bytes are damaged', async () => {
    const study = own.home.top + '/failing.yaml';
    const database = await own.home.database(study);
    const { rows } = await database.pool.query<{ blob: string }>(`select blob from store.response where service = 'openalex' limit 1`);
    const blob = path.join(own.home.dir, 'blobs', rows[0]!.blob.slice(0, 2), rows[0]!.blob.slice(2));
    const before = readFileSync(blob);
    writeFileSync(blob, gzipSync('damaged'));
    own.study('failing', { files: [own.files[0]!], more: '  onBadFile: skip\n' });
    const forced = await own.home.rebuild(study, '--force', 'source/openalex-links', 'source/openalex-citing-works');
    const sent = await database.pool.query(`select distinct request_digest from store.request where run = $1 and not cached`, [forced.run]);
    expect({ status: forced.status, sent: sent.rows.length }).toEqual({ status: 'done', sent: 1 });
    expect(readFileSync(blob).equals(before)).toBe(true);
  });
});

describe('all that was said and kept', () => {
  it('has no secret and no stack trace', async () => {
    expect(own.simulator.ledger.openalex).toMatchObject({ requests: expect.any(Number) as number, keyInUrl: 0 });
    expect(everythingSaid()).not.toContain(KEY);
    expect(everythingSaid()).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(await keptTexts()).not.toContain(KEY);
  });
});

/** Logs, ledger and the Temporal history of all runs. */
async function keptTexts(): Promise<string> {
  const { readdirSync } = await import('node:fs');
  const logs = readdirSync(path.join(own.home.dir, 'logs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = logs.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
  const client = await own.home.temporal();
  for await (const { workflowId, runId } of client.workflow.list()) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    texts.push(JSON.stringify(events, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value)));
  }
  const database = await own.home.database('failing');
  for (const table of ['request', 'response', 'run', 'run_step', 'shard'])
    texts.push(JSON.stringify((await database.pool.query(`select * from store.${table}`)).rows));
  expect(texts.join('').length).toBeGreaterThan(10_000);
  return texts.join('\n');
}
