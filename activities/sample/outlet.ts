import { raw, sql } from '../../dag/sql';
import { step } from '../step';
import openalexConferences from '../source/openalex-conferences';
import articles from './articles';

const IDENTITY: Readonly<Record<string, string>> = {
  nlm: `'nlm:' || a.nlm_id`,
  'issn-l': `'issn:' || a.issns[1]`,
  source: `'source:' || a.source`,
  title: `'title:' || lower(regexp_replace(a.journal, '[^[:alnum:]]+', ' ', 'g'))`,
};

/** Years and ordinals name an edition, not the series. */
const SERIES = `trim(regexp_replace(regexp_replace(lower(c.name), '\\m((19|20)[0-9]{2}|[0-9]+(st|nd|rd|th))\\M', ' ', 'g'), '[^[:alnum:]]+', ' ', 'g'))`;

export default step({
  id: 'sample/outlet',
  doc: 'The outlet of an article: journal by NlmUniqueID, else ISSN, else OpenAlex source, else title; conferences by series (the name without years and ordinals) or source',
  inputs: { articles, conferences: openalexConferences },
  params: ({ outlet }) => ({ identity: outlet.identity, series: outlet.conference === 'series' }),
  output: {
    article: ['text', 'article'],
    outlet: ['text', 'which identifier, and its value; null when none is known'],
  },
  index: ['article'],
  sql: ({ articles: sample, conferences }, { identity, series }) => sql`
    select a.article, case
        when a.corpus = 'conference' and ${series} and c.name is not null then 'series:' || ${raw(SERIES)}
        when a.corpus = 'conference' then 'source:' || a.source
        else coalesce(${raw(identity.map((kind) => IDENTITY[kind]).join(', '))}) end as outlet
    from ${sample} as a left join ${conferences} as c on c.source = a.source`,
});
