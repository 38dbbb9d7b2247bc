import type { PubmedItem, PubmedRecord } from '../record';
import { ArticleText } from './article-text';
import { Members, type Member } from './members';
import { type Outline, readOutline } from './outline';
import { passProlog } from './prolog';
import { readScanned, readScannedOther } from './record';
import type { ByteSource } from './sources';
import type { TextMatcher } from './text-matcher';
import { Unusual } from './unusual';
import { ScanWindow } from './window';

/** What is made of an article; `place` counts everything in the set from 1. Null leaves it out. */
export type Pick<T> = (record: PubmedRecord, place: number) => T | null;

/**
 * The articles of a set whose title or abstract match, in order; only they, and the few that need it to tell, are read in full.
 * @throws Unusual on anything but a complete set in the plain form that NLM writes: read the whole with `readPubmed` then
 */
export async function scanMatches<T>(source: ByteSource, matcher: TextMatcher, pick: Pick<T>): Promise<T[]> {
  const text = new ArticleText(matcher);
  const picked: T[] = [];
  await eachMember(source, ({ kind, start, end, awkward }, place, window) => {
    if (kind !== 'article' || !(awkward || text.matches(window, start, end))) return;
    const made = pick(readScanned(window.bytes, start, end), place);
    if (made !== null) picked.push(made);
  });
  return picked;
}

/** A member in outline. */
export type OutlineItem = { kind: 'article'; outline: Outline } | Exclude<PubmedItem, { kind: 'article' }>;

/**
 * Everything in a set in outline, with the texts of the articles that match.
 * @throws Unusual as above
 */
export async function scanOutlines(source: ByteSource, matcher: TextMatcher): Promise<OutlineItem[]> {
  const text = new ArticleText(matcher);
  const items: OutlineItem[] = [];
  await eachMember(source, (member, _, window) => {
    const { kind, start, end, awkward } = member;
    if (kind !== 'article') items.push(readScannedOther(window.bytes, start, end));
    else items.push({ kind, outline: readOutline(window, member, awkward || text.matches(window, start, end)) });
  });
  return items;
}

type Visit = (member: Member, place: number, window: ScanWindow) => void;

/** Visits every member of a set while its bytes are held. Closes the source. */
async function eachMember(source: ByteSource, visit: Visit): Promise<void> {
  const window = new ScanWindow(source);
  try {
    await passProlog(window);
    const members = new Members(window);
    let place = 0;
    do place = visitHeld({ window, members, visit, place });
    while (await window.fill());
    visitHeld({ window, members, visit, place });
  } finally {
    source.close();
  }
}

interface Held {
  window: ScanWindow;
  members: Members;
  visit: Visit;
  place: number;
}

/** @returns the place of the last member visited */
function visitHeld({ window, members, visit, place }: Held): number {
  let visited = place;
  try {
    for (let member = members.next(); member !== null; member = members.next()) visit(member, ++visited, window);
  } catch (error) {
    // Who looks at a member's bytes knows its place in the window only.
    throw error instanceof Unusual && !error.placed ? window.unusual(error.message, error.offset) : error;
  }
  return visited;
}
