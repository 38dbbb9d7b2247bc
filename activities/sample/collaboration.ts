import { authorCountries, textCountry } from '../../methods/author-country';
import { inAreas, type Areas } from '../../methods/areas';
import { dyads, international } from '../../methods/collaboration';
import { sql } from '../../dag/sql';
import { bylinesOf, buckets, type Bylines } from '../reading/articles';
import { countryReaderOf } from '../reading/gazetteer';
import gazetteer from '../source/gazetteer';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import articles from './articles';
import leadCountry from './lead-country';
import pubmedMatches from './pubmed-matches';

export default step({
  id: 'sample/collaboration',
  doc: 'Countries of all authors of an article: international when one differs from that of the lead author (paper, Methods); partners among the first ten',
  queue: 'cpu',
  inputs: { articles, matches: pubmedMatches, links: openalexLinks, works: openalexConferenceWorks, lead: leadCountry, gazetteer },
  params: ({ international: rule, dyads: pairs, regions }) => ({
    byline: rule.byline,
    unknownCountry: rule.unknownCountry,
    dyads: pairs.authors,
    politics: regions.politics,
  }),
  output: {
    article: ['text', 'article'],
    authors: ['smallint', 'authors on the byline'],
    known: ['smallint', 'authors whose country is known'],
    international: [
      'boolean',
      'whether an author has another country than the lead author; null when the study drops articles without known co-authors',
    ],
    partners: ['text[]', 'other countries among the first authors, each once'],
  },
  shards: () => buckets,
  async run({ params, shard, inputs, query, write }) {
    const areas = inAreas(await countryReaderOf(inputs.gazetteer), params.politics);
    const leads = new Map<string, string>();
    for await (const lead of inputs.lead.rows(sql`country is not null`)) leads.set(lead.article!, lead.country!);
    for (const row of await query<Bylines>(bylinesOf(inputs, shard.name))) {
      const lead = leads.get(row.article);
      if (lead === undefined) continue;
      const countries = countriesOf(row, areas);
      const partners = dyads(countries, lead, { authors: params.dyads, count: 'country' }).map(({ to }) => to);
      const known = countries.filter((country) => country !== null).length;
      write([{ article: row.article, authors: countries.length, known, international: international(countries, lead, params), partners }]);
    }
  },
});

/** One country per author: by OpenAlex where it knows the work, else by the PubMed addresses. */
function countriesOf({ openalex, pubmed }: Bylines, { read, authorships }: Areas): (string | null)[] {
  const known = authorships(openalex) ?? [];
  if (known.length > 0) return authorCountries(known, read);
  return (pubmed ?? []).filter((author) => author.personal).map((author) => textCountry(author.affiliations, read).country);
}
