import type { Holdings, Row } from '../holdings';
import { makeArticle, type Article } from './articles';
import { bulkFiles } from './bulk-files';
import { countCitations, makeCitations, type Citations, type Focal, type Host } from './citations';
import { isBroadClinical } from './clinical';
import { conferences } from './conferences';
import { makePapers, type Paper } from './conference-works';
import { makeDecoy } from './decoys';
import { addFeatures } from './features';
import { journals } from './journals';
import { linkWorks, type ArticleWorks } from './linking';
import { planSlots } from './plan';
import { Random } from './random';
import { scaleOf, type Scale } from './scale';
import { planBulk, type Revisions } from './updates';
import { journalSource, plainAbstract, plainTitle, sourceJson } from './works';

export { truthOf } from './truth';

/** A synthetic world: what is served, and what is known about it. */
export interface World {
  seed: number;
  scale: Scale;
  holdings: Holdings;
  articles: Article[];
  works: ArticleWorks;
  papers: Paper[];
  citations: Citations;
  revisions: Revisions;
}

const firstPmid = 90_000_001;
const decoyShare = 0.06;

/** Builds the world of a seed: the same seed and scale (`tiny` or `small`) give the same bytes. */
export function buildWorld({ seed, scale: scaleName }: { seed: number; scale: string }): World {
  const scale = scaleOf(scaleName);
  const stream = (label: string) => new Random(seed, label);
  const articles = makeArticles(seed, scale);
  const { revisions, baseline, updates, current } = planBulk(stream('updates'), articles, scale);
  const works = linkWorks(stream('works'), articles);
  const papers = makePapers(stream('conferences'), scale.conferenceWorks);
  const citations = cited(stream('citations'), { articles, papers, works, base: scale.citationBase });
  const rows = [...works.rows.values(), ...papers.map(({ row }) => row)];
  countCitations(stream('counts'), rows, citations.links);
  const holdings: Holdings = {
    world: 'synthetic',
    works: [...rows, ...works.doubles, ...citations.rows],
    sources: sources(papers),
    merged: works.merged,
    pubmed: current,
    ...bulkFiles({ baseline, updates, current, revisions }),
  };
  return { seed, scale, holdings, articles, works, papers, citations, revisions };
}

/** Articles in the order of their PMIDs: by year and quarter, and in it by journal, as neighbours in PubMed share one. */
function makeArticles(seed: number, scale: Scale): Article[] {
  const slots = planSlots(new Random(seed, 'plan'), scale);
  const articles = slots.map((slot) => makeArticle(new Random(seed, `article/${slot.number}`), slot));
  const quarter = ({ year, month }: Article) => year * 4 + Math.floor((month - 1) / 3);
  articles.sort((a, b) => quarter(a) - quarter(b) || a.journal.index - b.journal.index || a.number - b.number);
  const random = new Random(seed, 'pmids');
  let pmid = firstPmid;
  for (const article of articles) article.pmid = pmid += random.int(1, 7);
  for (const article of articles) if (!article.ai && random.chance(decoyShare)) makeDecoy(random, article);
  addFeatures(new Random(seed, 'features'), articles);
  return articles;
}

interface Citable {
  articles: Article[];
  papers: Paper[];
  works: ArticleWorks;
  base: number;
}

function cited(random: Random, { articles, papers, works, base }: Citable): Citations {
  const focals: Focal[] = [
    ...articles.flatMap(({ ai, workId, year, country, journal, international }) =>
      ai && workId !== null ? [{ workId, year, effects: { region: country.region, highRanked: journal.highRanked, international } }] : [],
    ),
    ...papers.flatMap(({ keywords, lifeScience, workId, year, country, conference, international }) =>
      keywords.length > 0 && lifeScience !== 'no'
        ? [{ workId, year, effects: { region: country.region, highRanked: conference.rank === 'A*', international } }]
        : [],
    ),
  ];
  return makeCitations(random, focals, { hosts: hosts(random, articles, works), base });
}

/** Articles that may cite: plain ones, and a few of the field itself. */
function hosts(random: Random, articles: Article[], works: ArticleWorks): Host[] {
  return articles.flatMap((article) => {
    const row: Row | undefined = works.rows.get(article);
    if (!row || article.workId === null || random.chance(article.ai ? 0.9 : 0.2)) return [];
    const clinical = isBroadClinical(`${plainTitle(article)} ${plainAbstract(article)}`);
    return [{ row, workId: article.workId, year: article.openalexYear, clinical }];
  });
}

/** Every source, with the number of its works; conference sources without any paper are listed too. */
function sources(papers: Paper[]): Row[] {
  const counts = new Map<string, number>();
  for (const { row } of papers) {
    const source = JSON.stringify(row['primary_location']).match(/openalex\.org\/(S\d+)/)?.[1] ?? '';
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const meetings = conferences.flatMap((one) =>
    one.sources.map(({ id, name }) => ({ id, json: sourceJson({ id, name, type: 'conference', issn: [] }) })),
  );
  const all = [...meetings, ...journals.map((one) => ({ id: one.sourceId, json: journalSource(one) }))];
  return all.map(({ id, json }) => ({ ...(json as Row), works_count: counts.get(id) ?? 0, cited_by_count: 0 }));
}
