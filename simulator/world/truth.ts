import type { Article } from './articles';
import type { World } from './build';
import { isBroadClinical, isBroadClinicalWithoutForests } from './clinical';
import { conferences } from './conferences';
import type { Paper } from './conference-works';
import { countryOf } from './countries';
import { decoyReasons, type DecoyReason } from './decoys';
import { journals } from './journals';
import { bylineCountries, leadOf, type Lead } from './lead';
import { lifeSciences } from './concepts';
import { aiShare } from './plan';
import { planted } from './planted';
import { plainAbstract, plainTitle } from './works';

/** What is known of one article that belongs to the sample, whatever its year. */
export interface FocalTruth {
  corpus: 'pubmed' | 'conference';
  pmid: number | null;
  work: string | null;
  /** How the work is found: by PMID, by DOI only, or not at all; null for conference works. */
  link: 'pmid' | 'doi' | 'none' | null;
  /** PubMed year, or OpenAlex year of a conference work. */
  year: number;
  openalexYear: number;
  /** 2000 to 2022, the paper's window. */
  inWindow: boolean;
  /** Keywords in title or abstract, in the list's spelling, sorted. */
  keywords: string[];
  lead: Lead;
  region: string | null;
  topic: string | null;
  topicName: string | null;
  /** Broad therapy filter on the text, random forests kept. */
  clinical: boolean;
  clinicalWithoutForests: boolean;
  highRanked: boolean;
  outlet: string;
  /** As planted; OpenAlex may hide it where it lacks institutions. */
  international: boolean;
  countries: string[];
  citations: { general: number; clinical: number };
  /** A PubMed article that is a life-science work of a conference source too. */
  alsoConference: boolean;
  lifeScience: string | null;
  retracted: boolean;
  features: string[];
}

type Counts = Map<string, { general: number; clinical: number }>;

/** The truth about a world, as JSON; every text of the world is synthetic. */
export function truthOf(world: World) {
  const counts = countLinks(world);
  const gone = new Set(world.revisions.deleted);
  const articles = world.articles.filter(({ ai, pmid }) => ai && !gone.has(pmid)).map((article) => articleTruth(article, world, counts));
  const papers = world.papers
    .filter(({ keywords, lifeScience }) => keywords.length > 0 && lifeScience !== 'no')
    .map((paper) => paperTruth(paper, counts));
  const all = [...articles, ...papers];
  return {
    synthetic: true,
    seed: world.seed,
    scale: world.scale,
    notes: [
      `About ${Math.round(aiShare * 100)} % of the PubMed records are hits; in PubMed it is 1.5 %.`,
      'Citation counts cover all citing works in the world, up to 2025.',
    ],
    totals: totals(world, all),
    planted,
    articles: all,
    links: world.citations.links.map(({ cited, citing, clinical }) => [cited, citing, clinical] as const),
    decoys: decoys(world),
    updates: world.revisions,
    merged: Object.fromEntries(world.works.merged),
    journals: journals.map(({ title, print, electronic, categories, impactFactor, highRanked, sourceId }) => ({
      title,
      print,
      electronic,
      categories,
      impactFactor,
      highRanked,
      sourceId,
    })),
    conferences: conferences.map(({ title, acronym, rank, sources }) => ({ title, acronym, rank, sources: sources.map(({ id }) => id) })),
  };
}

export type Truth = ReturnType<typeof truthOf>;

function countLinks({ citations }: World): Counts {
  const counts: Counts = new Map();
  for (const { cited, clinical } of citations.links) {
    const entry = counts.get(cited) ?? { general: 0, clinical: 0 };
    entry.general += 1;
    if (clinical) entry.clinical += 1;
    counts.set(cited, entry);
  }
  return counts;
}

const regionOf = ({ country }: Lead) => (country === null ? null : countryOf(country).region);
const within = (year: number) => year >= 2000 && year <= 2022;

function articleTruth(article: Article, { works }: World, counts: Counts): FocalTruth {
  const hasWork = works.rows.has(article);
  const text = `${plainTitle(article)}\n${plainAbstract(article)}`;
  const lead = leadOf(article.authors, { hasWork, inPubmed: true });
  const hasConcepts = hasWork && article.concepts.length > 0;
  return {
    corpus: 'pubmed',
    pmid: article.pmid,
    work: article.workId,
    link: article.link,
    year: article.year,
    openalexYear: article.openalexYear,
    inWindow: within(article.year),
    keywords: article.text.keywords,
    lead,
    region: regionOf(lead),
    topic: hasConcepts ? (article.topic?.id ?? null) : null,
    topicName: hasConcepts ? (article.topic?.name ?? null) : null,
    clinical: isBroadClinical(text),
    clinicalWithoutForests: isBroadClinicalWithoutForests(text),
    highRanked: article.journal.highRanked,
    outlet: article.journal.title,
    international: article.international,
    countries: hasWork ? bylineCountries(article.authors) : [],
    citations: counts.get(article.workId ?? '') ?? { general: 0, clinical: 0 },
    alsoConference: article.features.has('in-conference') && hasConcepts && lifeTopic(article),
    lifeScience: null,
    retracted: article.retracted,
    features: [...article.features].sort(),
  };
}

const lifeTopic = ({ topic }: Article) => topic?.parents.some((name) => lifeSciences.includes(name)) ?? false;

function paperTruth(paper: Paper, counts: Counts): FocalTruth {
  const text = `${paper.title}\n${paper.abstract ?? ''}`;
  const lead = leadOf(paper.authors, { hasWork: true, inPubmed: false });
  return {
    corpus: 'conference',
    pmid: null,
    work: paper.workId,
    link: null,
    year: paper.year,
    openalexYear: paper.year,
    inWindow: within(paper.year),
    keywords: paper.keywords,
    lead,
    region: regionOf(lead),
    topic: paper.topic?.id ?? null,
    topicName: paper.topic?.name ?? null,
    clinical: isBroadClinical(text),
    clinicalWithoutForests: isBroadClinicalWithoutForests(text),
    highRanked: paper.conference.rank === 'A*',
    outlet: paper.conference.title,
    international: paper.international,
    countries: bylineCountries(paper.authors),
    citations: counts.get(paper.workId) ?? { general: 0, clinical: 0 },
    alsoConference: false,
    lifeScience: paper.lifeScience,
    retracted: paper.row['is_retracted'] === true,
    features: [],
  };
}

function decoys({ articles, revisions, papers }: World) {
  const near = articles.flatMap(({ pmid, decoy }) =>
    decoy === null ? [] : [{ pmid, work: null, reason: decoyReasons[decoy as DecoyReason] }],
  );
  const books = revisions.books.map((pmid) => ({ pmid, work: null, reason: 'a book chapter, which gives no article' }));
  const deleted = revisions.deleted.map((pmid) => ({ pmid, work: null, reason: 'deleted by an update file' }));
  const lost = revisions.superseded
    .filter(({ effect }) => effect === 'keyword-lost')
    .map(({ pmid }) => ({ pmid, work: null, reason: 'the keyword was in the first version only' }));
  const elsewhere = papers
    .filter(({ keywords, lifeScience }) => keywords.length > 0 && lifeScience === 'no')
    .map(({ workId }) => ({ pmid: null, work: workId, reason: 'a conference work with a keyword but no life-science concept' }));
  return [...near, ...books, ...deleted, ...lost, ...elsewhere];
}

function totals({ articles, holdings, papers, citations, revisions }: World, focal: FocalTruth[]) {
  const studied = focal.filter(({ inWindow }) => inWindow);
  const count = (test: (one: FocalTruth) => boolean) => studied.filter(test).length;
  return {
    pubmedRecords: articles.length,
    pubmedRecordsServed: articles.length - revisions.deleted.length,
    pubmedMatched: focal.filter(({ corpus }) => corpus === 'pubmed').length,
    pubmedInWindow: count(({ corpus }) => corpus === 'pubmed'),
    conferenceWorks: papers.length,
    conferenceMatched: focal.filter(({ corpus }) => corpus === 'conference').length,
    conferenceInWindow: count(({ corpus }) => corpus === 'conference'),
    withCountryInWindow: count(({ lead }) => lead.country !== null),
    clinicalInWindow: count(({ clinical }) => clinical),
    highRankedInWindow: count(({ highRanked }) => highRanked),
    internationalInWindow: count(({ international }) => international),
    citingLinks: citations.links.length,
    clinicalLinks: citations.links.filter(({ clinical }) => clinical).length,
    works: holdings.works.length,
  };
}
