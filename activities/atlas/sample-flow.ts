import { sql } from '../../dag/sql';
import articles from '../sample/articles';
import conferenceMatches from '../sample/conference-matches';
import finalSample from '../sample/final';
import pubmedClinical from '../sample/pubmed-clinical';
import pubmedMatches from '../sample/pubmed-matches';
import openalexConferences from '../source/openalex-conferences';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import pubmedWindows from '../source/pubmed-windows';
import { step } from '../step';

export default step({
  id: 'atlas/sample-flow',
  doc: 'How many records each rule left: the sample flow of the paper (Fig. 10), with what was lost and why',
  inputs: {
    records: pubmedClinical,
    windows: pubmedWindows,
    matches: pubmedMatches,
    links: openalexLinks,
    conferences: openalexConferences,
    works: openalexConferenceWorks,
    found: conferenceMatches,
    articles,
    final: finalSample,
  },
  output: {
    ordinal: ['smallint', 'order of the flow'],
    id: ['text', 'name of the count'],
    label: ['text', 'what is counted'],
    count: ['integer', 'records'],
    lost: ['integer', 'records that did not reach this stage from the one before'],
    reason: ['text', 'why they are lost'],
  },
  sql: ({ records, windows, matches, links, conferences, works, found, articles: pooled, final }) => sql`
    with n as (select
      (select count(distinct pmid) from ${records} as r where kind = 'article')::int as read,
      (select count(distinct pmid) from ${records} as r where kind = 'book')::int as books,
      (select count(*) from ${records} as r where kind = 'refused')::int as refused,
      (select count(distinct pmid) from ${windows} as w where not exists (select from ${records} as r where r.pmid = w.pmid))::int as absent,
      (select count(distinct pmid) from ${matches} as m)::int as matched,
      (select count(*) from ${pooled} as a where corpus = 'pubmed')::int as pubmed,
      (select count(distinct pmid) from ${links} as l)::int as linked,
      (select count(*) from ${conferences} as c)::int as sources,
      (select count(*) from ${works} as w)::int as works,
      (select count(*) from ${found} as f)::int as keyword,
      (select count(*) from ${found} as f where life_science)::int as life,
      (select count(*) from ${found} as f where life_science and positive)::int as positive,
      (select count(*) from ${pooled} as a where corpus = 'conference')::int as conference,
      (select count(*) from ${pooled} as a where in_both)::int as overlap,
      (select count(*) from ${final} as f where corpus = 'pubmed')::int as final_pubmed,
      (select count(*) from ${final} as f where corpus = 'conference')::int as final_conference,
      (select count(*) from ${final} as f where region is null)::int as unmapped)
    select ordinal::smallint, id, label, count, lost, reason from n cross join lateral (values
      (1, 'pubmed.read', 'PubMed records read, each once', read, 0, ''),
      (2, 'pubmed.books', 'PubMed book records, which are no articles', books, 0, ''),
      (3, 'pubmed.refused', 'PubMed files refused; the reasons are listed beside', refused, 0, ''),
      (4, 'pubmed.absent', 'PubMed identifiers found by search, of which PubMed gives no record', absent, 0, ''),
      (5, 'pubmed.matched', 'PubMed articles with a keyword', matched, read - matched, 'no keyword in title or abstract'),
      (6, 'pubmed.found', 'PubMed articles of the study', pubmed, matched - pubmed, 'outside the years, superseded or deleted later, or dropped by kind'),
      (7, 'pubmed.linked', 'of the matched, linked to an OpenAlex work', linked, 0, ''),
      (8, 'final.pubmed', 'PubMed articles with a country', final_pubmed, pubmed - final_pubmed, 'no country of the lead author'),
      (9, 'conference.sources', 'conference sources in OpenAlex', sources, 0, ''),
      (10, 'conference.works', 'works of these conferences', works, 0, ''),
      (11, 'conference.matched', 'conference works with a keyword', keyword, works - keyword, 'no keyword in title or abstract'),
      (12, 'conference.life', 'of these with a life-science concept', life, keyword - life, 'no life-science concept'),
      (13, 'conference.positive', 'of these with a concept score above zero', positive, 0, ''),
      (14, 'conference.found', 'conference articles of the study', conference, life - conference, 'outside the years, retracted, or already in PubMed if the study says so'),
      (15, 'final.conference', 'conference articles with a country', final_conference, conference - final_conference, 'no country of the lead author'),
      (16, 'pool.both', 'articles of the study that stand in both corpora', overlap, 0, ''),
      (17, 'final.unmapped', 'in a country without a region', unmapped, 0, ''),
      (18, 'final.all', 'final sample', final_pubmed + final_conference, 0, '')) as flow(ordinal, id, label, count, lost, reason)`,
});
