import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import regions from '../source/regions';
import { step } from '../step';
import articles from './articles';
import citations from './citations';
import clinical from './clinical';
import collaboration from './collaboration';
import highRanked from './high-ranked';
import leadCountry from './lead-country';
import outlet from './outlet';
import topic from './topic';

export default step({
  id: 'sample/final',
  doc: 'The final sample: every article with a lead country, one row each with all its attributes (paper: 397,967)',
  inputs: { articles, lead: leadCountry, regions, outlet, topic, clinical, ranked: highRanked, citations, collaboration },
  params: ({ regions: rule }) => ({ dropUnmapped: rule.unmapped === 'drop' }),
  output: {
    article: ['text', 'pmid:… or work:W…'],
    corpus: ['text', 'pubmed or conference'],
    pmid: ['integer', 'PubMed identifier'],
    work: ['text', 'OpenAlex work id'],
    year: ['smallint', 'publication year as the study counts it'],
    title: ['text', 'title'],
    country: ['text', 'lead country, ISO 3166-1 alpha-2'],
    region: ['text', 'one of six world regions; null for Antarctica'],
    branch: ['text', 'which author by which service gave the country'],
    cue: ['text', 'what in the affiliation decided'],
    outlet: ['text', 'outlet'],
    topic: ['text', 'OpenAlex concept id'],
    clinical: ['boolean', 'clinical research by the filter of the study'],
    indexed: ['boolean', 'outlet is in the ranking'],
    high_ranked: ['boolean', 'outlet is high-ranked'],
    citations: ['integer', 'citing works'],
    clinical_citations: ['integer', 'clinical citing works'],
    authors: ['smallint', 'authors on the byline'],
    authors_known: ['smallint', 'authors whose country is known'],
    international: ['boolean', 'an author has another country than the lead author'],
    partners: ['text[]', 'other countries among the first authors'],
    keywords: ['text[]', 'keywords that match'],
  },
  index: ['article', 'country'],
  checks: [everyValueOnce('article', 'An article came twice: report it, this is a fault of the program.')],
  sql: (
    {
      articles: sample,
      lead,
      regions: areas,
      outlet: outlets,
      topic: topics,
      clinical: bits,
      ranked,
      citations: cited,
      collaboration: together,
    },
    { dropUnmapped },
  ) => sql`
    select a.article, a.corpus, a.pmid, a.work, a.year, a.title, l.country, r.region, l.branch, l.cue, o.outlet, t.topic, b.clinical, h.indexed, h.high_ranked,
      c.citations, c.clinical_citations, k.authors, k.known as authors_known, k.international, k.partners, a.keywords
    from ${sample} as a join ${lead} as l using (article) left join ${areas} as r on r.country = l.country left join ${outlets} as o using (article)
      left join ${topics} as t using (article) left join ${bits} as b using (article) left join ${ranked} as h using (article)
      left join ${cited} as c using (article) left join ${together} as k using (article)
    where l.country is not null and not (${dropUnmapped} and r.region is null)`,
});
