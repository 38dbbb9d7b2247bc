import { createHash } from 'node:crypto';
import type { Country, PageData, StepRow } from '../../drawing/page-data';

type Entry = [step: string, doc: string, seconds: number, inputs: string[], requests?: number];

const graph: Entry[] = [
  ['source/pubmed-files', 'PubMed XML files as received, each with its digest.', 41, [], 24],
  ['source/openalex-links', 'OpenAlex works for the articles found, by PMID, then DOI.', 128, ['sample/pubmed-matches'], 410],
  ['source/regions', 'The six world regions of the United Nations (M49).', 0.1, []],
  ['sample/pubmed-matches', 'Which PubMed records mention a keyword of the study in title or abstract.', 63, ['source/pubmed-files']],
  ['sample/articles', 'Journal and conference articles pooled, one row each.', 4.2, ['sample/pubmed-matches', 'source/openalex-links']],
  ['sample/lead-country', 'The country of the last author, else of the first; with the cue that decided.', 7.9, ['sample/articles']],
  ['source/openalex-citing-works', 'Which works cite which article of the sample.', 104, ['sample/articles'], 120],
  ['sample/citations', 'Citations of each article from life-science and from clinical works, per year.', 19, ['sample/articles'], 96],
  ['atlas/country-totals', 'Articles, corpora and shares by country.', 0.8, ['sample/articles', 'sample/lead-country']],
  ['atlas/country-year', 'The same by country and year.', 1.1, ['sample/articles', 'sample/lead-country']],
  ['atlas/growth', 'Articles by year, region and corpus.', 0.6, ['sample/articles', 'sample/lead-country', 'source/regions']],
  ['atlas/topic-by-country', 'Articles by topic and country, forty by forty.', 0.9, ['sample/articles', 'sample/lead-country']],
  ['atlas/clinical-by-country', 'Clinical articles by country.', 0.4, ['sample/lead-country']],
  ['atlas/high-ranked-by-country', 'Articles in high-ranked outlets by country.', 0.4, ['sample/lead-country']],
  ['atlas/high-ranked-by-region-year', 'Articles in high-ranked outlets by region and year.', 0.4, ['sample/lead-country']],
  ['atlas/international-by-year', 'International articles by year, with coverage.', 0.5, ['sample/articles']],
  ['atlas/international-by-region', 'International articles by region of the lead author.', 0.5, ['sample/articles']],
  ['atlas/sample-flow', 'Counts and losses from the articles found to the sample.', 0.3, ['sample/articles', 'sample/lead-country']],
  ['model/relevance-scientific', 'Citations on world regions.', 1.2, ['sample/articles']],
  ['model/relevance-clinical', 'Clinical citations on world regions.', 1.1, ['sample/articles']],
  ['model/international-scientific', 'Citations of international against national articles.', 1.4, ['sample/articles']],
  ['model/international-clinical', 'Clinical citations of international against national articles.', 1.3, ['sample/articles']],
  ['model/terms', 'Coefficients of all regressions.', 0.2, ['model/relevance-scientific', 'model/relevance-clinical']],
  ['model/samples', 'Articles of each regression, and what was left out.', 0.2, ['model/relevance-scientific', 'model/relevance-clinical']],
  ['atlas/keyword-rules', 'How many articles other rules for the keywords would find.', 0.4, ['sample/pubmed-matches']],
  ['atlas/strategy-comparison', 'The study’s keywords beside another list.', 0.4, ['sample/pubmed-matches']],
  ['atlas/life-science-rules', 'Conference works by rule for life science.', 0.4, ['sample/articles']],
  ['atlas/concept-coverage', 'PubMed articles with a concept of the field.', 0.4, ['sample/articles']],
  ['atlas/clinical-rules', 'Clinical articles by filter.', 0.4, ['sample/articles']],
  ['report/drift', 'Published numbers against the rebuilt ones.', 0.2, ['atlas/country-totals', 'atlas/growth']],
];

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Steps of an invented run, half of them from the cache. */
export function sampleSteps(articles: number): StepRow[] {
  return graph.map(([step, doc, seconds, inputs, requests = 0], i) => ({
    step,
    action: i < 4 || i % 3 === 0 ? 'hit' : 'ran',
    key: sha(`key ${step}`),
    digest: sha(`digest ${step}`),
    rows: step.startsWith('sample/') ? articles : 20 + i * 11,
    shards: step.startsWith('source/') ? 24 : 1,
    seconds,
    inputs,
    requests,
    cachedRequests: Math.round(requests * 0.8),
    view: step.replace('/', '.').replace(/-/g, '_'),
    doc,
  }));
}

export function sampleFlow(articles: number): PageData['flow'] {
  const matched = Math.round(articles / 0.95);
  return [
    { id: 'found', label: 'records read from PubMed and OpenAlex', count: matched * 3, lost: 0, reason: '' },
    {
      id: 'matched',
      label: 'articles with a keyword in title or abstract',
      count: matched,
      lost: matched * 2,
      reason: 'no keyword of the study in title or abstract',
    },
    {
      id: 'sample',
      label: 'articles with a country',
      count: articles,
      lost: matched - articles,
      reason: 'no country in OpenAlex nor in the PubMed affiliation of the last or first author',
    },
  ];
}

export function sampleDrift(countries: readonly Country[]): PageData['drift'] {
  const articles = (iso2: string) => countries.find((entry) => entry.iso2 === iso2)?.articles ?? 0;
  return [
    {
      id: 'growth.cagr_2010_2022',
      where: 'Fig. 1',
      quantity: 'compound annual growth rate 2010–2022',
      published: '20',
      rebuilt: '21.3',
      unit: 'percent',
      difference: '+1.3',
      verdict: 'agrees',
      cause: null,
    },
    {
      id: 'country.US',
      where: 'Results',
      quantity: 'articles of the United States',
      published: '101195',
      rebuilt: String(articles('US')),
      unit: 'articles',
      difference: '-91 %',
      verdict: 'differs',
      cause: 'synthetic world, a tenth of the size',
    },
    {
      id: 'country.CN',
      where: 'Results',
      quantity: 'articles of China',
      published: '73129',
      rebuilt: String(articles('CN')),
      unit: 'articles',
      difference: '-90 %',
      verdict: 'differs',
      cause: 'synthetic world, a tenth of the size',
    },
    {
      id: 'rank.high_pubmed',
      where: 'Methods',
      quantity: 'PubMed articles in top-three journals',
      published: '29510',
      rebuilt: null,
      unit: 'articles',
      difference: null,
      verdict: 'not-comparable',
      cause: 'needs the Journal Citation Report',
    },
    {
      id: 'citations.irr_europe',
      where: 'Fig. 7A',
      quantity: 'incidence-rate ratio, Europe',
      published: '1.20',
      rebuilt: null,
      unit: 'ratio',
      difference: null,
      verdict: 'not-yet',
      cause: null,
    },
  ];
}

export const sampleSources: PageData['sources'] = [
  {
    name: 'PubMed (simulated)',
    terms: 'Invented records; no terms apply.',
    citation: 'research-atlas simulator.',
    note: 'Bibliographic records with title, abstract and affiliations.',
  },
  {
    name: 'Natural Earth, by world-atlas',
    terms: 'Public domain.',
    citation: 'Natural Earth 1:110m, naturalearthdata.com.',
    note: 'Outlines of the map.',
  },
];
