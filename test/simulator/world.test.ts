import { gunzipSync } from 'node:zlib';
import { buildWorld, truthOf } from '../../simulator/world/build';
import { recordsOf } from '../../simulator/recorded/pubmed';
import { matched, textsOf } from './matching';

const scale = 'tiny';
const world = buildWorld({ seed: 7, scale });
const truth = truthOf(world);
const served = new Map(world.holdings.pubmed.map(({ pmid, xml }) => [pmid, xml]));
const focal = truth.articles.filter(({ corpus }) => corpus === 'pubmed');

test('the same seed gives the same bytes, another seed gives others', () => {
  const bytes = (seed: number) => {
    const { holdings } = buildWorld({ seed, scale });
    return JSON.stringify([
      holdings.works,
      holdings.sources,
      holdings.pubmed,
      [...holdings.baseline, ...holdings.updatefiles].map(({ md5 }) => md5),
    ]);
  };
  expect(bytes(7)).toBe(bytes(7));
  expect(bytes(8)).not.toBe(bytes(7));
});

test('a scale that cannot be built in memory is refused by name', () => {
  expect(() => buildWorld({ seed: 7, scale: 'paper' })).toThrow(/tiny, small, got paper/);
});

test('every focal article has the keywords the truth names, in title or abstract', () => {
  for (const { pmid, keywords } of focal)
    expect([pmid, matched(textsOf(served.get(pmid ?? 0) ?? ''))]).toEqual([pmid, expect.arrayContaining(keywords)]);
  for (const { pmid, keywords } of focal) expect([pmid, matched(textsOf(served.get(pmid ?? 0) ?? '')).sort()]).toEqual([pmid, keywords]);
});

test('no other record has a keyword in title or abstract', () => {
  const known = new Set(focal.map(({ pmid }) => pmid));
  const books = new Set(world.revisions.books);
  for (const [pmid, xml] of served) if (!known.has(pmid) && !books.has(pmid)) expect([pmid, matched(textsOf(xml))]).toEqual([pmid, []]);
});

test('decoys carry a keyword or its words somewhere else, and each has a reason', () => {
  const near = truth.decoys.filter(({ pmid, reason }) => pmid !== null && /keyword|words/.test(reason));
  expect(near.length).toBeGreaterThan(5);
  for (const { pmid, reason } of near) expect([pmid, reason, served.has(pmid ?? 0)]).toEqual([pmid, expect.any(String), true]);
});

test('a conference work is focal if it has a keyword and a life-science concept, and only then', () => {
  const life = /C86803240|C185592680|C71924100|C15744967/;
  const focalWorks = new Map(truth.articles.map((one) => [one.work, one]));
  for (const { row, workId, keywords, abstract, title } of world.papers) {
    expect(matched([title, abstract ?? '']).sort()).toEqual(keywords);
    const listed = life.test(JSON.stringify(row['concepts']));
    const expected = focalWorks.get(workId)?.lifeScience;
    if (keywords.length > 0 && listed) expect(['listed', 'zero-score']).toContain(expected);
    if (keywords.length > 0 && expected === 'ancestor') expect(listed).toBe(false);
    if (keywords.length === 0) expect(expected).toBeUndefined();
  }
});

test('links of the truth are the references of the works, and counts agree', () => {
  const short = (id: unknown) => String(id).replace('https://openalex.org/', '');
  const focalWorks = new Set([
    ...truth.articles.map(({ work }) => work),
    ...world.articles.filter(({ ai }) => ai).map(({ workId }) => workId),
  ]);
  const references = world.holdings.works.flatMap((row) =>
    (row['referenced_works'] as string[]).map((cited) => `${short(cited)}<${short(row.id)}`),
  );
  const served = references.filter((pair) => focalWorks.has(pair.split('<')[0] ?? ''));
  expect(served.sort()).toEqual(truth.links.map(([cited, citing]) => `${cited}<${citing}`).sort());
  const sum = truth.articles.reduce((all, { citations }) => all + citations.general, 0);
  const ofDeleted = truth.links.length - sum;
  expect(ofDeleted).toBeGreaterThanOrEqual(0);
  expect(truth.articles.every(({ citations }) => citations.clinical <= citations.general)).toBe(true);
});

test('planted effects show in the counts', () => {
  const small = truth.articles.filter(({ work, inWindow }) => work !== null && inWindow);
  const mean = (list: typeof small) => list.reduce((sum, { citations }) => sum + citations.general, 0) / list.length;
  expect(mean(small.filter(({ highRanked }) => highRanked))).toBeGreaterThan(mean(small.filter(({ highRanked }) => !highRanked)));
});

test('the bulk files add up to what is served', () => {
  const state = new Map<number, string>();
  for (const { bytes } of [...world.holdings.baseline, ...world.holdings.updatefiles]) {
    const text = gunzipSync(bytes).toString();
    expect(text.trimEnd().endsWith('</PubmedArticleSet>')).toBe(true);
    for (const { pmid, xml } of recordsOf(text)) state.set(pmid, xml);
    const deletion = /<DeleteCitation>(.*)<\/DeleteCitation>/s.exec(text)?.[1] ?? '';
    for (const [, pmid] of deletion.matchAll(/>(\d+)</g)) state.delete(Number(pmid));
  }
  const books = new Set(world.revisions.books);
  const articles = (map: Map<number, string>) => [...map].filter(([pmid]) => !books.has(pmid)).sort(([a], [b]) => a - b);
  expect(articles(state)).toEqual(articles(served));
});

test('update files repeat records, one of them twice, and delete one that never was', () => {
  expect(world.revisions.superseded.map(({ effect }) => effect)).toEqual(
    expect.arrayContaining(['title-changed', 'keyword-gained', 'keyword-lost']),
  );
  expect(world.revisions.superseded.some(({ updates }) => updates === 2)).toBe(true);
  expect(world.revisions.deletedUnknown.every((pmid) => !served.has(pmid))).toBe(true);
  expect(world.revisions.deleted).toHaveLength(3);
});

test('the awkward forms of real records all occur', () => {
  const seen = new Set(focal.flatMap(({ features }) => features));
  const forms = [
    'medline-date',
    'season',
    'year-only',
    'invalid-doi',
    'invalid-spelling',
    'collective-last',
    'article-affiliation',
    'math',
    'title-only',
  ];
  expect([...seen]).toEqual(
    expect.arrayContaining([...forms, 'no-authors', 'two-works', 'years-differ', 'over-100-authors', 'no-addresses', 'not-english']),
  );
  const branches = new Set(truth.articles.map(({ lead }) => lead.branch));
  expect([...branches].sort()).toEqual(['first-openalex', 'first-pubmed', 'last-openalex', 'last-pubmed', 'none']);
});

test('before 2014 only the first author has an affiliation', () => {
  for (const { year, authors } of world.articles.filter((article) => article.year < 2014)) {
    expect([year, authors.slice(1).flatMap(({ affiliations }) => affiliations)]).toEqual([year, []]);
  }
});

test('the lead country is what the branch that decides it says', () => {
  const rows = new Map(world.holdings.works.map((row) => [row.id, row]));
  interface Authorship {
    countries: string[];
    institutions: { country_code: string }[];
    author_position: string;
  }
  const byBranch = (branch: string) => truth.articles.filter(({ lead, work }) => lead.branch === branch && work !== null);
  const bylineOf = (work: string | null) => (rows.get(`https://openalex.org/${work}`)?.['authorships'] ?? []) as unknown as Authorship[];
  for (const { work, lead } of byBranch('last-openalex')) {
    const last = bylineOf(work).at(-1);
    const seen = last?.institutions[0]?.country_code ?? lead.country;
    expect([work, seen, last?.countries.includes(lead.country ?? '')]).toEqual([work, lead.country, true]);
  }
  for (const { work } of byBranch('first-openalex')) expect([work, bylineOf(work).at(-1)?.countries]).toEqual([work, []]);
});
