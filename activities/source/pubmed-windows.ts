import { searchWindow } from '../../clients/pubmed/search';
import { sliceWindows } from '../../clients/pubmed/slices';
import { each } from '../../dag/shards';
import { step } from '../step';

export default step({
  id: 'source/pubmed-windows',
  doc: 'PMIDs that the E-utilities find, sliced by year and entry date below the cap of 9,999; one year wider than the study on both sides',
  queue: 'pubmed',
  vintage: true,
  // A route that is off reads neither keywords nor years: changing them must not run it.
  params: ({ pubmed, years, keywords }) =>
    pubmed.on && pubmed.routes.includes('eutils')
      ? { term: termOf(pubmed.term, keywords.entries), years: [years[0] - 1, years[1] + 1] }
      : null,
  output: {
    pmid: ['integer', 'PubMed identifier'],
    year: ['smallint', 'year of the search window; print and electronic date both count, so years overlap'],
  },
  shards: (_, params) => each(params === null ? [] : decades(params.years[0]!, params.years[1]!)),
  async run({ params, shard, services, write, signal, progress }) {
    const [from, to] = shard.name.split('–').map(Number) as [number, number];
    const { slices } = await sliceWindows(services.fetcher, { term: params!.term, years: [from, to] }, { signal });
    for (const slice of slices) {
      const { pmids } = await searchWindow(services.fetcher, slice, { signal });
      write(pmids.map((pmid) => ({ pmid, year: slice.year })));
      progress(`${slice.from} to ${slice.to}: ${pmids.length} PMIDs`);
    }
  },
});

function termOf(asked: string, keywords: readonly string[]): string {
  if (asked === 'keywords') return keywords.map((keyword) => `"${keyword}"[tiab]`).join(' OR ');
  return asked === 'all' ? 'all[sb]' : asked;
}

/** `2000–2009`: so few windows that each is worth an activity, so many that they run side by side. */
function decades(from: number, to: number): string[] {
  const starts = [];
  for (let year = from; year <= to; year = year - (year % 10) + 10) starts.push(year);
  return starts.map((year) => `${year}–${Math.min(to, year - (year % 10) + 9)}`);
}
