import { longestName, type Gazetteer, type Meaning } from './gazetteer';
import { postalMeanings, postcodeAt } from './postal';
import type { Word } from './words';

/** A place named in an affiliation. */
export interface Mention {
  meanings: readonly Meaning[];
  /** First word, and the one after the last. */
  start: number;
  end: number;
  /** Only postal digits and letters follow it in its comma part: it is part of the address rather than of an institution's name. */
  closesPart: boolean;
}

/** Every place named in the words, from left to right, the longest name at each place, none within another. */
export function findMentions(gazetteer: Gazetteer, words: readonly Word[]): Mention[] {
  const mentions: Mention[] = [];
  for (let start = 0; start < words.length;) {
    const found = longestName(gazetteer.root, words, start) ?? postcodeAt(words, start) ?? lettersAt(gazetteer, words, start);
    const end = start + (found?.length ?? 1);
    if (found !== null) mentions.push({ meanings: found.meanings, start, end, closesPart: closesPart(words, end) });
    start = end;
  }
  return mentions;
}

function lettersAt(gazetteer: Gazetteer, words: readonly Word[], at: number): { meanings: Meaning[]; length: number } | null {
  const meanings = postalMeanings(gazetteer, words, at);
  return meanings.length === 0 ? null : { meanings, length: 1 };
}

function closesPart(words: readonly Word[], end: number): boolean {
  const part = words[end - 1]!.part;
  for (let at = end; at < words.length && words[at]!.part === part; at += 1) {
    if (!/^(?:\d+|[A-Z]{1,2})$/u.test(words[at]!.raw)) return false;
  }
  return true;
}
