import { conferenceSources } from '../../clients/openalex/crawls';
import { everyValueOnce } from '../checks';
import { wholeCrawl } from '../reading/crawl';
import { storedConferences } from '../reading/snapshot';
import { step } from '../step';

export default step({
  id: 'source/openalex-conferences',
  doc: 'All sources of type conference in OpenAlex (paper, Methods: 10,794)',
  queue: 'openalex',
  vintage: true,
  params: ({ conferences, openalex }) => ({ on: conferences.on, stored: openalex.route === 'snapshot' }),
  output: {
    source: ['text', 'OpenAlex source id, S…'],
    name: ['text', 'display name'],
    names: ['text[]', 'alternate names'],
    issns: ['text[]', 'ISSNs'],
    works: ['integer', 'works by OpenAlex at the time of fetching'],
  },
  index: ['source'],
  checks: [everyValueOnce('source', 'OpenAlex gave a source twice: start the rebuild again with a new vintage.')],
  async run({ params, services, write, signal, progress }) {
    if (!params.on) return;
    const sources = params.stored
      ? await storedConferences(services, signal)
      : await wholeCrawl('the conference sources', (options) => conferenceSources(services.fetcher, options), { signal, progress });
    write(sources.map((row) => ({ source: row.id, name: row.name, names: row.alternateNames, issns: row.issns, works: row.worksCount })));
  },
});
