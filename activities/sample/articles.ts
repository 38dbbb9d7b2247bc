import { raw, sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { droppedTypes } from '../reading/documents';
import conferenceMatches from './conference-matches';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import pubmedClinical from './pubmed-clinical';
import pubmedMatches from './pubmed-matches';

const YEAR = {
  pubdate: 'coalesce(m.year, l.year)',
  openalex: 'coalesce(l.year, m.year)',
  earliest: 'least(m.year, l.year)',
};

export default step({
  id: 'sample/articles',
  doc: 'The pooled sample before countries: AI articles of PubMed, latest record of each, and AI conference works with a life-science concept',
  inputs: {
    matches: pubmedMatches,
    records: pubmedClinical,
    links: openalexLinks,
    conferences: conferenceMatches,
    works: openalexConferenceWorks,
  },
  params: ({ years, year, documents, pool }) => ({
    years,
    year: year.source,
    dropped: droppedTypes(documents),
    dropRetracted: documents.retracted === 'drop',
    dedup: pool.dedup,
  }),
  output: {
    article: ['text', 'pmid:… or work:W…'],
    corpus: ['text', 'pubmed or conference'],
    bucket: ['smallint', 'identifier modulo 16: how later steps are cut'],
    pmid: ['integer', 'PubMed identifier'],
    work: ['text', 'OpenAlex work id; null when no work is known'],
    seq: ['integer', 'with record: which match it came from'],
    record: ['integer', 'with seq: which match it came from'],
    year: ['smallint', 'publication year as the study counts it'],
    year_pubmed: ['smallint', 'publication year by PubMed'],
    year_openalex: ['smallint', 'publication year by OpenAlex'],
    title: ['text', 'title'],
    doi: ['text', 'DOI, lower case'],
    journal: ['text', 'journal title by PubMed'],
    nlm_id: ['text', 'NlmUniqueID of the journal'],
    issns: ['text[]', 'ISSNs known to either service'],
    source: ['text', 'OpenAlex source id'],
    keywords: ['text[]', 'keywords that match'],
    in_both: ['boolean', 'whether the same work is in both corpora'],
    retracted: ['boolean', 'retracted, by either service'],
  },
  index: ['article', 'work', 'pmid'],
  checks: [everyValueOnce('article', 'An article came twice: report it, this is a fault of the program.')],
  sql: ({ matches, records, links, conferences, works }, { years: [from, to], year, dropped, dropRetracted, dedup }) => sql`
    with latest as (
      select distinct on (pmid) pmid, kind, seq, record from ${records} as records where kind in ('article', 'deleted')
      order by pmid, seq desc, (kind = 'deleted') desc, version desc nulls last, record desc
    ),
    best as (select * from ${links} as links where best),
    pubmed as (
      select 'pmid:' || m.pmid as article, 'pubmed' as corpus, (m.pmid % 16)::smallint as bucket, m.pmid, l.work, m.seq, m.record,
        ${raw(YEAR[year])}::smallint as year, m.year as year_pubmed, l.year as year_openalex, m.title, coalesce(m.doi, l.doi) as doi,
        m.journal, m.nlm_id, m.issns || coalesce(l.issns, '{}') as issns, l.source, m.keywords,
        coalesce(l.work in (select work from ${conferences} as c where life_science), false) as in_both,
        'Retracted Publication' = any(m.publication_types) or coalesce(l.retracted, false) as retracted, m.publication_types
      from ${matches} as m join latest using (pmid, seq, record) left join best as l on l.pmid = m.pmid
      where latest.kind = 'article'
    ),
    conference as (
      select 'work:' || c.work as article, 'conference' as corpus, (substr(c.work, 2)::bigint % 16)::smallint as bucket, w.pmid, c.work,
        null::int as seq, null::int as record, c.year, null::smallint as year_pubmed, c.year as year_openalex, w.title, w.doi,
        null as journal, null as nlm_id, '{}'::text[] as issns, w.source, c.keywords,
        c.work in (select work from pubmed where work is not null) as in_both, w.retracted, '{}'::text[] as publication_types
      from ${conferences} as c join ${works} as w using (work) where c.life_science
    )
    select * from (select * from pubmed union all select * from conference) as pooled
    where year between ${from} and ${to} and not publication_types && ${dropped}::text[] and not (retracted and ${dropRetracted})
      and not (corpus = 'conference' and in_both and ${dedup} <> 'none')`,
});
