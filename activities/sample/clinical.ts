import { join, raw, sql, type Sql } from '../../dag/sql';
import { clinicalColumn, clinicalColumns, clinicalNames } from '../reading/clinical';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import articles from './articles';
import conferenceMatches from './conference-matches';
import pubmedClinical from './pubmed-clinical';

export default step({
  id: 'sample/clinical',
  doc: 'Whether an article is clinical research, by the therapy filter of the study on its title and abstract (paper, Methods; Haynes 2005)',
  inputs: { articles, records: pubmedClinical, links: openalexLinks, conferences: conferenceMatches },
  params: ({ clinical }) => ({ on: clinical.on, column: clinicalColumn(clinical), openalexOnly: clinical.text === 'openalex' }),
  output: {
    article: ['text', 'article'],
    clinical: ['boolean', 'clinical research by the filter of the study; null when the study does not ask'],
    ...clinicalColumns,
    has_abstract: ['boolean', 'whether there was an abstract to search'],
    text: ['text', 'whose text was read: pubmed, openalex, or both where PubMed has no abstract'],
  },
  index: ['article'],
  sql: ({ articles: sample, records, links, conferences }, { on, column, openalexOnly }) => sql`
    select article, case when ${on} then ${raw(column)} end as clinical, ${raw(clinicalNames.join(', '))}, has_abstract, text from (
      select a.article, ${join(
        clinicalNames.map((name) => bit(name, openalexOnly)),
        ', ',
      )},
        coalesce(c.has_abstract, case when ${openalexOnly} then l.has_abstract else r.has_abstract or coalesce(l.has_abstract, false) end) as has_abstract,
        case when a.corpus = 'conference' or ${openalexOnly} then 'openalex' when r.has_abstract or l.work is null then 'pubmed' else 'both' end as text
      from ${sample} as a
      left join ${records} as r on r.kind = 'article' and r.pmid = a.pmid and r.seq = a.seq and r.record = a.record
      left join (select * from ${links} as links where best) as l on a.corpus = 'pubmed' and l.pmid = a.pmid
      left join ${conferences} as c on a.corpus = 'conference' and c.work = a.work) as bits`,
});

/** PubMed's text, with that of OpenAlex where PubMed has no abstract; or that of OpenAlex alone, as the study says. */
function bit(name: string, openalexOnly: boolean): Sql {
  const pubmed = `case when r.has_abstract then r.${name} else r.${name} or coalesce(l.${name}, false) end`;
  return raw(`coalesce(c.${name}, ${openalexOnly ? `l.${name}` : pubmed}) as ${name}`);
}
