import { sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { droppedTypes } from '../reading/documents';
import { step } from '../step';
import conferenceHits from './conference-hits';
import keywordHits from './keyword-hits';
import pubmedClinical from './pubmed-clinical';

export default step({
  id: 'sample/keyword-articles',
  doc: 'Articles of the years of the study that any keyword rule or the compared list finds, latest record of each: what other rules would give',
  inputs: { hits: keywordHits, records: pubmedClinical, conferences: conferenceHits },
  params: ({ years, documents }) => ({ years, dropped: droppedTypes(documents), dropRetracted: documents.retracted === 'drop' }),
  output: {
    article: ['text', 'pmid:… or work:W…'],
    corpus: ['text', 'pubmed or conference; the latter with a concept of the field, by the rule of the study'],
    year: ['smallint', 'publication year, PubMed’s or that of OpenAlex'],
    matched: ['boolean', 'whether the study takes it'],
    rules: ['text[]', 'rules under which a keyword of the study matches'],
    compared: ['boolean', 'whether the compared list finds it'],
  },
  checks: [everyValueOnce('article', 'An article came twice: report it, this is a fault of the program.')],
  sql: ({ hits, records, conferences }, { years: [from, to], dropped, dropRetracted }) => sql`
    with latest as (
      select distinct on (pmid) pmid, kind, seq, record, file from ${records} as records
      where kind in ('article', 'deleted') and pmid in (select pmid from ${hits} as h)
      order by pmid, seq desc, (kind = 'deleted') desc, version desc nulls last, record desc, file
    )
    select 'pmid:' || h.pmid as article, 'pubmed' as corpus, h.year, h.matched, h.rules, cardinality(h.comparison) > 0 as compared
    from ${hits} as h join latest using (pmid, seq, record, file)
    where latest.kind = 'article' and h.year between ${from} and ${to} and not h.publication_types && ${dropped}::text[]
    union all
    select 'work:' || c.work, 'conference', c.year, c.matched, c.rules, cardinality(c.comparison) > 0
    from ${conferences} as c where c.life_science and c.year between ${from} and ${to} and not (${dropRetracted} and coalesce(c.retracted, false))`,
});
