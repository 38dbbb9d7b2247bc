import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { everythingSaid, json, stepsThat, TestHome, type Rebuilt, type Row } from '../atlas';
import type { Database } from '../../store/database';
import { checkOtherRules } from './other-rules';
import { articleId, byParentsOnly, knownWorld, paperRegion, type KnownWorld } from './synthetic-truth';

jest.setTimeout(600_000);

const home = new TestHome();
const study = home.study('small', 'extends: demo\n');
const LIFE_SCIENCES = ['C71924100', 'C86803240', 'C185592680', 'C15744967'];

let world: KnownWorld;
let database: Database;
let first: Rebuilt;

beforeAll(async () => {
  await home.hold();
  const rebuilding = home.rebuild(study);
  world = knownWorld(7, 'small');
  first = await rebuilding;
  database = await home.database(study);
});

afterAll(() => home.end());

const rows = async <T = Row>(text: string): Promise<T[]> => (await database.pool.query(text)).rows as T[];

/** A column of a table of the stage `sample`, by article. */
async function column<T>(table: string, name: string): Promise<Map<string, T>> {
  const found = await rows<{ article: string; value: T }>(`select article, ${name} as value from sample.${table}`);
  return new Map(found.map(({ article, value }) => [article, value]));
}

/** What the tables should say of each article that the rule can see. */
function expected<T>(value: (article: KnownWorld['focal'] extends ReadonlyMap<string, infer A> ? A : never) => T): Map<string, T> {
  const seen = [...world.focal].filter(([, article]) => !byParentsOnly(article));
  return new Map(seen.map(([id, article]) => [id, value(article)]));
}

/** Articles of the truth only: the other side of an article in both corpora is told apart by a test of its own. */
function ofTruth<T>(found: Map<string, T>): Map<string, T> {
  return new Map([...found].filter(([id]) => world.focal.has(id)));
}

const sorted = <T>(map: Map<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the sample', () => {
  it('ends with every step run and nothing failed', () => {
    expect(first.status).toBe('done');
    expect(stepsThat('ran', first)).toHaveLength(first.steps.length);
  });

  it('holds each matched article once, with its keywords, and no decoy', async () => {
    const found = await column<string[]>('articles', 'keywords');
    expect(sorted(ofTruth(found)).map(([id, words]) => [id, [...words].sort()])).toEqual(
      sorted(expected(({ keywords }) => [...keywords].sort())),
    );
    const [count] = await rows(`select count(*) as all, count(distinct article) as distinct from sample.articles`);
    expect(count!['all']).toBe(count!['distinct']);
  });

  it('holds beside them only the conference side of articles that are in both corpora', async () => {
    const found = await column<boolean>('articles', 'in_both');
    const extra = [...found.keys()].filter((id) => !world.focal.has(id));
    const also = world.truth.articles.filter(({ alsoConference, inWindow }) => alsoConference && inWindow);
    const seen = also.filter(({ work }) => world.concepts.get(work!)!.some((concept) => LIFE_SCIENCES.includes(concept)));
    expect(seen.length).toBeGreaterThan(0);
    expect(extra.sort()).toEqual(seen.map(({ work }) => `work:${work}`).sort());
    expect(
      [...found]
        .filter(([, both]) => both)
        .map(([id]) => id)
        .sort(),
    ).toEqual(seen.flatMap((article) => [articleId(article), `work:${article.work}`]).sort());
  });

  it('has the year of each article', async () => {
    expect(sorted(ofTruth(await column('articles', 'year')))).toEqual(sorted(expected(({ year }) => year)));
  });

  it('has the lead country of each article by the branch that decided', async () => {
    expect(sorted(ofTruth(await column('lead_country', `country || ' ' || branch`)))).toEqual(
      sorted(expected(({ lead }) => (lead.country === null ? null : `${lead.country} ${lead.branch}`))),
    );
    const branches = new Set([...expected(({ lead }) => lead.branch).values()]);
    expect([...branches].sort()).toEqual(['first-openalex', 'first-pubmed', 'last-openalex', 'last-pubmed', 'none']);
  });

  it('has the region, topic, clinical bit and rank of each article', async () => {
    const regions = await column('final', 'region');
    const placed = expected(({ lead, region }) => (lead.country === null ? undefined : paperRegion(region)));
    expect(sorted(ofTruth(regions))).toEqual(sorted(placed).filter(([, region]) => region !== undefined));
    expect(sorted(ofTruth(await column('topic', 'topic')))).toEqual(sorted(expected(({ topic }) => topic)));
    expect(sorted(ofTruth(await column('clinical', 'clinical')))).toEqual(sorted(expected(({ clinical }) => clinical)));
    const strict = await column('clinical', 'broad_strict');
    expect(sorted(ofTruth(strict))).toEqual(sorted(expected(({ clinicalWithoutForests }) => clinicalWithoutForests)));
    expect(sorted(ofTruth(await column('high_ranked', 'high_ranked')))).toEqual(sorted(expected(({ highRanked }) => highRanked)));
  });

  it('knows an international article where OpenAlex shows the countries of its authors', async () => {
    const got = ofTruth(await column<boolean>('final', 'international'));
    const shown = [...got.keys()].filter((id) => world.focal.get(id)!.link !== 'none');
    const abroad = (id: string): boolean => world.focal.get(id)!.countries.some((code) => code !== world.focal.get(id)!.lead.country);
    expect(shown.map((id) => [id, got.get(id)])).toEqual(shown.map((id) => [id, abroad(id)]));
  });

  it('takes an article for national against the truth only where a country is hidden', async () => {
    const known = await column<boolean>('final', 'authors_known = authors');
    const got = ofTruth(await column<boolean>('final', 'international'));
    const wrong = [...got].filter(([id, international]) => international !== world.focal.get(id)!.international);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter(([id, international]) => international || known.get(id))).toEqual([]);
  });
});

describe('links', () => {
  it('finds the work of each article by the route there is', async () => {
    const found = await rows<{ pmid: number; work: string; via: string }>(`select pmid, work, via from source.openalex_links where best`);
    const got = new Map(found.map(({ pmid, work, via }) => [pmid, `${work} ${via}`]));
    const articles = world.truth.articles.filter(({ corpus }) => corpus === 'pubmed');
    const want = articles.map(({ pmid, work, link }) => [pmid, link === 'none' ? undefined : `${work} ${link}`]);
    expect(articles.map(({ pmid }) => [pmid, got.get(pmid!)])).toEqual(want);
    expect([...new Set(articles.map(({ link }) => link))].sort()).toEqual(['doi', 'none', 'pmid']);
  });

  it('finds each citing link of the sample once, and none that is not', async () => {
    const inSample = new Set(
      (await rows<{ work: string }>(`select work from sample.articles where work is not null`)).map(({ work }) => work),
    );
    const found = await rows<{ focal: string; citing: string }>(`select focal, citing from source.openalex_citing_works`);
    const want = world.truth.links.filter(([cited]) => inSample.has(cited)).map(([cited, citing]) => `${cited} ${citing}`);
    expect(found.map(({ focal, citing }) => `${focal} ${citing}`).sort()).toEqual(want.sort());
  });

  it('counts the citations of each article', async () => {
    expect(sorted(ofTruth(await column('citations', 'citations')))).toEqual(sorted(expected(({ citations }) => citations.general)));
  });

  it('counts the clinical citations of each article, but for citing works whose abstract OpenAlex does not have', async () => {
    const unseen = new Map<string, number>();
    for (const [cited, citing, clinical] of world.truth.links)
      if (clinical && !world.abstracts.get(citing)) unseen.set(cited, (unseen.get(cited) ?? 0) + 1);
    const got = ofTruth(await column<number>('citations', 'clinical_citations'));
    const gaps = sorted(
      expected(({ work, citations }) => [citations.clinical - (unseen.get(work ?? '') ?? 0), citations.clinical] as const),
    );
    for (const [id, [least, most]] of gaps) {
      expect(got.get(id)).toBeLessThanOrEqual(most);
      expect(got.get(id)).toBeGreaterThanOrEqual(least);
    }
    const exact = gaps.filter(([, [least, most]]) => least === most);
    expect(exact.map(([id]) => [id, got.get(id)])).toEqual(exact.map(([id, [count]]) => [id, count]));
    expect(exact.length).toBeGreaterThan(gaps.length * 0.9);
  });
});

describe('what other rules would give', () => checkOtherRules(() => ({ world, rows })));

describe('what is told of it', () => {
  it('has a sample flow that adds up', async () => {
    const flow = await home.table<{ id: string; count: number; lost: number }>(study, 'atlas.sample_flow');
    const { count, lost } = {
      count: new Map(flow.map((row) => [row.id, row.count])),
      lost: new Map(flow.map((row) => [row.id, row.lost])),
    };
    const chains = [
      ['pubmed.read', 'pubmed.matched', 'pubmed.found', 'final.pubmed'],
      ['conference.works', 'conference.matched', 'conference.life', 'conference.found', 'final.conference'],
    ];
    for (const chain of chains)
      for (const [at, id] of chain.slice(0, -1).entries())
        expect([id, count.get(id)! - lost.get(chain[at + 1]!)!]).toEqual([id, count.get(chain[at + 1]!)]);
    expect(count.get('final.all')).toBe(count.get('final.pubmed')! + count.get('final.conference')!);
    expect(count.get('pubmed.read')).toBe(world.truth.totals.pubmedRecords);
    expect(count.get('pubmed.found')).toBe(world.truth.totals.pubmedInWindow);
  });

  it('puts every published number beside the rebuilt one, and compares no synthetic number', async () => {
    const drift = await home.table<{ id: string; verdict: string; rebuilt: number | null }>(study, 'report.drift');
    const published = await rows<{ n: number }>(`select jsonb_array_length(resolved->'published'->'numbers') as n from store.run limit 1`);
    expect(drift).toHaveLength(published[0]!.n);
    expect(new Set(drift.map(({ id }) => id)).size).toBe(drift.length);
    expect(drift.filter(({ verdict, id }) => !['not-yet', 'not-comparable'].includes(verdict) && id !== 'sample.keywords')).toEqual([]);
  });

  it('says in each exported table that the data is synthetic', async () => {
    const { stdout } = await home.run(['export', '--study', study, '--table', 'atlas.country_totals']);
    const [header, ...lines] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/,synthetic$/);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !line.endsWith(',synthetic data'))).toEqual([]);
  });
});

describe('the regressions', () => {
  interface Term {
    readonly analysis: string;
    readonly fit: string;
    readonly term: string;
    readonly estimate: number;
    readonly se: number;
  }

  it('fits every model with every estimator, and says of each article where it is', async () => {
    for (const table of ['relevance_scientific', 'relevance_clinical', 'international_scientific', 'international_clinical']) {
      const fits = await home.table<{ converged: boolean; failure: string | null; held: boolean }>(study, `model.${table}`);
      expect(fits.map(({ converged, failure }) => ({ converged, failure }))).toEqual(fits.map(() => ({ converged: true, failure: null })));
      expect(fits).toHaveLength(6);
    }
    const [articles] = await rows<{ n: number }>(`select count(*)::int as n from sample.final`);
    const begun = await rows<{ rows: number }>(`select distinct rows from model.samples where reason = 'articles'`);
    expect(begun).toEqual([{ rows: articles!.n }]);
  });

  it('has the numbers that atlas fit gives on the exported articles', async () => {
    const { stdout } = await home.run(['export', '--study', study, '--table', 'model.articles']);
    const file = path.join(home.top, 'model-articles.csv');
    writeFileSync(file, stdout);
    const [base] = await rows<{ base: string }>(`select base from model.relevance_scientific where fit = 'outlet/nb-hhg'`);
    const formula = `clinical_citations ~ ref(region, "${base!.base}") + factor(year)`;
    const fit = json<{ n: number; coefficients: Term[] }>(
      await home.run(['fit', file, '--json', '--model', 'nb-hhg', '--group', 'outlet', '--formula', formula]),
    );
    const stored = await rows<Term>(
      `select * from model.terms where analysis = 'relevance-clinical' and fit = 'outlet/nb-hhg' order by ordinal`,
    );
    expect(stored.map(({ term }) => term)).toEqual(fit.coefficients.map(({ term }) => term));
    for (const [at, { estimate, se }] of fit.coefficients.entries()) {
      expect(Math.abs(stored[at]!.estimate - estimate)).toBeLessThan(1e-8 * se);
      expect(Math.abs(stored[at]!.se / se - 1)).toBeLessThan(1e-8);
    }
  });

  it('finds the planted effects where the estimator is right for them: within outlets, within countries', async () => {
    const { region, international } = world.truth.planted.general;
    const terms = await rows<Term>(
      `select * from model.terms where analysis like '%-scientific' and (factor = 'region' or term = 'international')`,
    );
    const base = (await rows<{ base: string }>(`select base from model.relevance_scientific limit 1`))[0]!.base;
    const planted = new Map(Object.entries(region).map(([name, ratio]) => [paperRegion(name)!, ratio]));
    const found = (fit: string): Term[] => terms.filter((term) => term.fit === fit);
    for (const { term, estimate, se } of [...found('outlet/nb2-fe'), ...found('outlet/poisson-fe')]) {
      const truth = Math.log(planted.get(/\[(.*)\]/.exec(term)![1]!)! / planted.get(base)!);
      expect([term, Math.abs(estimate - truth) / se < 3.5]).toEqual([term, true]);
    }
    for (const { term, estimate, se } of [...found('linear/nb2'), ...found('linear/poisson-fe')])
      expect([term, Math.abs(estimate - Math.log(international)) / se < 3.5]).toEqual([term, true]);
    expect(found('outlet/nb2-fe')).toHaveLength(5);
    expect(found('linear/nb2')).toHaveLength(1);
  });
});

interface Planned {
  steps: {
    step: string;
    action: string;
    cues: { cue: string; was: string | null; is: string | null }[];
    shards: { total: number; hit: number };
  }[];
}

const plan = async (): Promise<Planned> => json<Planned>(await home.run(['plan', '--study', study, '--json']));
const planned = ({ steps }: Planned, action: string): string[] =>
  steps
    .filter((step) => step.action === action)
    .map(({ step }) => step)
    .sort();
const sent = async (run: number): Promise<Row[]> => rows(`select service, canonical from store.request where run = ${run} and not cached`);

describe('again', () => {
  it('runs nothing when nothing has changed: one activity, no request, the same digests', async () => {
    expect(planned(await plan(), 'hit')).toHaveLength(first.steps.length);
    const again = await home.rebuild(study);
    expect(stepsThat('hit', again)).toHaveLength(first.steps.length);
    expect(again.steps.map(({ step, digest }) => [step, digest]).sort()).toEqual(
      first.steps.map(({ step, digest }) => [step, digest]).sort(),
    );
    expect(await sent(again.run)).toEqual([]);
    const { events } = await (await home.temporal()).workflow.getHandle(again.workflowId).fetchHistory();
    const activities = events!.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
    expect(activities).toEqual(['plan']);
    expect(events!.filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toEqual([]);
  });

  it('stops at the matches when a new keyword matches nothing', async () => {
    home.study('small', 'extends: demo\nkeywords: { add: [zyzzyva oscillation] }\n');
    const run = await home.rebuild(study);
    expect(stepsThat('ran', run)).toEqual(KEYWORD_STEPS);
    const matches = run.steps.find(({ step }) => step === 'sample/keyword-hits')!;
    expect(matches.digest).toBe(first.steps.find(({ step }) => step === 'sample/keyword-hits')!.digest);
    expect(await sent(run.run)).toEqual([]);
  });

  it('names in the plan what another keyword makes run, and runs that and nothing else', async () => {
    home.study('small', 'extends: demo\nkeywords: { add: [zyzzyva oscillation, enzyme activity] }\n');
    const before = await plan();
    const changed = before.steps.filter(({ cues }) => cues.some(({ cue }) => cue === 'param'));
    expect(changed.map(({ step }) => step).sort()).toEqual(KEYWORD_STEPS);
    expect(changed.find(({ step }) => step === 'sample/keyword-hits')).toMatchObject({ action: 'run', shards: { total: 14, hit: 0 } });
    const cue = changed.find(({ step }) => step === 'sample/keyword-hits')!.cues.find((one) => one.cue === 'param');
    expect(cue).toEqual({ cue: 'param', was: null, is: 'keywords "enzyme activity"' });
    const run = await home.rebuild(study);
    const could = [...planned(before, 'run'), ...planned(before, 'wait')];
    expect(stepsThat('ran', run).filter((step) => !could.includes(step))).toEqual([]);
    expect(stepsThat('ran', run)).toEqual(expect.arrayContaining(['sample/articles', 'sample/final', 'atlas/growth']));
    expect(stepsThat('hit', run)).toEqual(
      expect.arrayContaining(['source/pubmed-files', 'source/openalex-conference-works', 'source/regions']),
    );
    const [grown] = await rows<{ n: number }>(`select count(*) as n from sample.articles where 'enzyme activity' = any(keywords)`);
    expect(grown!.n).toBeGreaterThan(0);
  });

  it('fetches for it only what it did not have', async () => {
    const again = await rows(`select canonical from store.request where not cached group by canonical having count(*) > 1`);
    expect(again).toEqual([]);
    expect(await rows(`select id from store.request where service = 'bulk' and not cached and run > ${first.run}`)).toEqual([]);
  });

  it('is resumed in its own vintage, which nobody has to name', async () => {
    await rows(`update store.run set status = 'failed' where id = (select max(id) from store.run)`);
    const resumed = json<Rebuilt>(await home.run(['resume', '--study', study, '--json']));
    expect({ status: resumed.status, ran: stepsThat('ran', resumed) }).toEqual({ status: 'done', ran: [] });
  });

  it('has histories that the workflows replay', async () => {
    const { workflow } = await home.temporal();
    const codePath = path.resolve(__dirname, '..', '..', 'dist', 'workflows', 'bundle.js');
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    let replayed = 0;
    for await (const { error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, workflow.list().intoHistories())) {
      expect(error).toBeUndefined();
      replayed++;
    }
    expect(replayed).toBeGreaterThan(first.steps.length);
  });

  it('never shows a stack trace', () => expect(everythingSaid()).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m));
});

/** Steps that read the keywords. */
const KEYWORD_STEPS = ['report/drift', 'sample/conference-hits', 'sample/keyword-hits'];
