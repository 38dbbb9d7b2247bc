import { inAreas } from '../../methods/areas';
import { endCountries, leadCountry } from '../../methods/lead';
import { everyValueOnce } from '../checks';
import { bylinesOf, buckets, type Bylines } from '../reading/articles';
import { countryReaderOf } from '../reading/gazetteer';
import gazetteer from '../source/gazetteer';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import articles from './articles';
import pubmedMatches from './pubmed-matches';

export default step({
  id: 'sample/lead-country',
  doc: 'The country of the lead author: last author, else first; by OpenAlex, else by the PubMed address; with the cue that decided (paper, Methods)',
  queue: 'cpu',
  inputs: { articles, matches: pubmedMatches, links: openalexLinks, works: openalexConferenceWorks, gazetteer },
  params: ({ lead: { role, order, group, several }, regions: { politics } }) => ({ role, order, group, several, politics }),
  output: {
    article: ['text', 'article'],
    country: ['text', 'ISO 3166-1 alpha-2; null when none was found'],
    branch: ['text', 'which author by which service: last-openalex, last-pubmed, first-openalex, first-pubmed, none'],
    cue: ['text', 'what in the affiliation decided'],
    several: ['boolean', 'whether that author has several countries'],
    first_country: ['text', 'country of the first author, by OpenAlex, else by PubMed'],
    last_country: ['text', 'country of the last author, by OpenAlex, else by PubMed'],
  },
  shards: () => buckets,
  checks: [everyValueOnce('article', 'An article has two lead countries: report it, this is a fault of the program.')],
  async run({ params, shard, inputs, query, write }) {
    const { read, authorships } = inAreas(await countryReaderOf(inputs.gazetteer), params.politics);
    for (const row of await query<Bylines>(bylinesOf(inputs, shard.name))) {
      const article = { ...row, openalex: authorships(row.openalex) };
      const { country, branch, cue, severalCountries } = leadCountry(article, params, read);
      const { first, last } = endCountries(article, params, read);
      write([{ article: row.article, country, branch, cue, several: severalCountries, first_country: first, last_country: last }]);
    }
  },
});
