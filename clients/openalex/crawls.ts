import { BadRequest } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { crawl, type CrawlOptions, type Page } from './crawl';
import { fields } from './fields';
import { MAX_OR_VALUES } from './list';
import { readSource, readWork, type SourceRecord, type WorkRecord } from './records';

/** All sources of type conference. About 10,000 in 2026, so about 100 credits. */
export function conferenceSources(fetcher: Fetcher, options?: CrawlOptions): AsyncGenerator<Page<SourceRecord>> {
  return crawl(fetcher, { path: '/sources', filter: 'type:conference', select: fields.source, read: readSource }, options);
}

/** Which year of which sources. */
export interface SourceYear {
  /** `S…`, at most 100. */
  sourceIds: readonly string[];
  year: number;
}

/** All works of some sources in one year of publication by OpenAlex. Not filtered by concept: the rule would be frozen in the archive. */
export function worksOfSourceByYear(
  fetcher: Fetcher,
  { sourceIds, year }: SourceYear,
  options?: CrawlOptions,
): AsyncGenerator<Page<WorkRecord>> {
  const filter = `primary_location.source.id:${orList(sourceIds, /^S\d+$/)},publication_year:${year}`;
  return crawl(fetcher, { path: '/works', filter, select: fields.conference, read: (raw) => readWork(raw) }, options);
}

/** All works that cite at least one of `workIds` (`W…`, at most 100). Each comes once; `referencedWorks` says whom it cites. */
export function citingWorks(fetcher: Fetcher, workIds: readonly string[], options?: CrawlOptions): AsyncGenerator<Page<WorkRecord>> {
  const filter = `cites:${orList(workIds, /^W\d+$/)}`;
  return crawl(fetcher, { path: '/works', filter, select: fields.citing, read: (raw) => readWork(raw) }, options);
}

/** Values of an OR filter in sorted order, so that the same set is the same request. @throws BadRequest */
export function orList(values: readonly string[], form: RegExp): string {
  const distinct = [...new Set(values)].sort();
  const wrong = distinct.find((value) => !form.test(value));
  if (wrong !== undefined)
    throw new BadRequest(`Expected ids of the form ${form.source}, got "${wrong}" (OpenAlex filter). Check where the ids come from.`);
  if (distinct.length > 0 && distinct.length <= MAX_OR_VALUES) return distinct.join('|');
  throw new BadRequest(
    `Expected 1 to ${MAX_OR_VALUES} ids in one OpenAlex filter, got ${distinct.length}. Cut the list with cutByContent.`,
  );
}
