import { normaliseDoi } from '../doi';
import { Finder } from './finder';
import type { IdTable } from './id-table';
import { afterString, byte, skipBlank } from './json-bytes';
import type { LineBlock } from './lines';
import type { LineJudge } from './part';

/** Works that a study looks for. */
export interface Sought {
  /** PubMed identifiers. */
  readonly pmids: IdTable;
  /** DOIs, normalised. */
  readonly dois: ReadonlySet<string>;
  /** Numbers of sources, `S…`. */
  readonly sources: IdTable;
}

const SOURCE = 'openalex.org/S';

/** Lines that may be a work with one of the PMIDs, DOIs or sources. */
export function soughtWorks({ pmids, dois, sources }: Sought): LineJudge {
  const pmid = new Finder('pmid"');
  const doi = new Finder('doi"');
  const source = new Finder(SOURCE);
  // Whoever escapes slashes writes addresses that are not found as such.
  const escaped = new Finder('openalex.org\\/');
  const finders = [pmid, doi, source, escaped];
  let buffer: Buffer = Buffer.alloc(0);
  const valueBehind = (at: number, end: number): string | null => {
    const sign = skipBlank(buffer, at);
    if (buffer[sign] !== byte.colon) return null;
    const value = skipBlank(buffer, sign + 1);
    if (buffer[value] === byte.quote) return textOf(buffer.toString('utf8', value, afterString(buffer, value + 1, end)));
    return buffer.toString('latin1', value, Math.min(end, value + 20));
  };
  const some = (finder: Finder, [from, end]: readonly [number, number], holds: (behind: number) => boolean): boolean => {
    for (let at = finder.within(from, end); at >= 0; at = finder.within(at + 1, end)) if (holds(at + finder.text.length)) return true;
    return false;
  };
  return {
    start(block: LineBlock) {
      buffer = block.buffer;
      for (const finder of finders) finder.start(block);
    },
    wants(from, end) {
      const line = [from, end] as const;
      return (
        some(escaped, line, () => true) ||
        some(pmid, line, (at) => pmids.has(lastNumber(valueBehind(at, end)))) ||
        some(doi, line, (at) => dois.has(normaliseDoi(valueBehind(at, end)) ?? '')) ||
        some(source, line, (at) => sources.has(Number.parseInt(buffer.toString('latin1', at, at + 16), 10)))
      );
    },
  };
}

/** Lines of sources that may be conferences. */
export function conferenceLines(): LineJudge {
  const word = new Finder('"conference"');
  return { start: (block) => word.start(block), wants: (from, end) => word.within(from, end) >= 0 };
}

function lastNumber(text: string | null): number {
  return Number(/(\d+)\D*$/.exec(text ?? '')?.[1] ?? 0);
}

function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
