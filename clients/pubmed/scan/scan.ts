import type { PubmedItem, PubmedRecord } from '../record';
import { ArticleMatcher } from './article-matcher';
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
  const articles = new ArticleMatcher(matcher);
  const picked: T[] = [];
  let passed = 0;
  await eachWindow(source, (window, members) => {
    for (const [index, matched] of articles.match(window, members).entries()) {
      const made = matched ? pick(readScanned(window.bytes, members[index]!), passed + index + 1) : null;
      if (made !== null) picked.push(made);
    }
    passed += members.length;
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
  const articles = new ArticleMatcher(matcher);
  const items: OutlineItem[] = [];
  await eachWindow(source, (window, members) => {
    for (const [index, matched] of articles.match(window, members).entries()) {
      const member = members[index]!;
      if (member.kind !== 'article') items.push(readScannedOther(window.bytes, member));
      else items.push({ kind: 'article', outline: readOutline(window, member, matched) });
    }
  });
  return items;
}

type Visit = (window: ScanWindow, members: readonly Member[]) => void;

/** Visits the members of a set, those that a window holds together. Closes the source. */
async function eachWindow(source: ByteSource, visit: Visit): Promise<void> {
  const window = new ScanWindow(source);
  try {
    await passProlog(window);
    const members = new Members(window);
    do visitHeld(window, members, visit);
    while (await window.fill());
    visitHeld(window, members, visit);
  } finally {
    source.close();
  }
}

function visitHeld(window: ScanWindow, members: Members, visit: Visit): void {
  const held: Member[] = [];
  for (let member = members.next(); member !== null; member = members.next()) held.push(member);
  try {
    visit(window, held);
  } catch (error) {
    // Who looks at a member's bytes knows its place in the window only.
    throw error instanceof Unusual && !error.placed ? window.unusual(error.message, error.offset) : error;
  }
}
