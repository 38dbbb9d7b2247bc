import type { CrawlOptions, Page } from '../../clients/openalex/crawl';
import { BrokenAnswer } from '../../clients/http/errors';

type Crawl<Row> = (options: CrawlOptions) => AsyncGenerator<Page<Row>>;

/**
 * All rows of a crawl. One that came out short is repeated past the archive, since the archive would only repeat the gap.
 * @throws BrokenAnswer when it stays short, or when rows have another shape than documented
 */
export async function wholeCrawl<Row>(
  name: string,
  crawl: Crawl<Row>,
  options: { signal: AbortSignal; progress?: (note: string) => void },
): Promise<Row[]> {
  const first = await once(crawl, options, false);
  const found = first.missing === 0 ? first : await once(crawl, options, true);
  if (found.missing > 0)
    throw new BrokenAnswer(
      `Expected all ${found.rows.length + found.missing} rows of ${name}, got ${found.rows.length}. The service left some out twice; start the rebuild again later.`,
    );
  return found.rows;
}

async function once<Row>(
  crawl: Crawl<Row>,
  { signal, progress }: { signal: AbortSignal; progress?: (note: string) => void },
  fresh: boolean,
): Promise<{ rows: Row[]; missing: number }> {
  const rows: Row[] = [];
  let missing = 0;
  for await (const page of crawl({ signal, fresh })) {
    refuseBadRows(page);
    rows.push(...page.rows);
    progress?.(`${rows.length} of ${page.count} rows`);
    if (page.tally !== null && !page.tally.complete) missing = Math.min(page.tally.firstCount, page.tally.lastCount) - page.tally.distinct;
  }
  return { rows, missing };
}

function refuseBadRows({ refused }: { refused: readonly { id: string | null; reason: string }[] }): void {
  const [bad] = refused;
  if (bad === undefined) return;
  throw new BrokenAnswer(
    `Expected rows as OpenAlex documents them, got ${refused.length} of another shape, such as ${bad.id ?? 'one without an id'}: ${bad.reason}. The service may have changed; look for a newer version of this program.`,
  );
}
