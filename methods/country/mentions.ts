import { longestName, type Fits, type Gazetteer, type Meaning } from './gazetteer';
import { afterPlace, postalMeanings, postcodeAt } from './postal';
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
  const fits: Fits = (only, start, end) => (only === 'town' ? isTown(words, start, end) : endsThere(words, end));
  for (let start = 0; start < words.length;) {
    const last = mentions.at(-1);
    const found =
      longestName(gazetteer, { words, fits }, start) ??
      postcodeAt(words, start) ??
      lettersAt(gazetteer, { words, before: last?.end === start ? last.meanings : [] }, start);
    const end = start + (found?.length ?? 1);
    if (found !== null) mentions.push({ meanings: found.meanings, start, end, closesPart: closesPart(words, end) });
    start = end;
  }
  return mentions;
}

interface Setting {
  words: readonly Word[];
  /** What the name right before may mean. */
  before: readonly Meaning[];
}

function lettersAt(gazetteer: Gazetteer, { words, before }: Setting, at: number): (Pick<Mention, 'meanings'> & { length: number }) | null {
  const meanings = afterPlace(postalMeanings(gazetteer, words, at), before);
  return meanings.length === 0 ? null : { meanings, length: 1 };
}

/**
 * The places of the first address only, where several follow on each other: "… Tokyo, Japan. 2 Department …, Boston, USA",
 * "…, Japan, and Department …, USA". The first belongs to the first author.
 */
export function firstAddress(mentions: readonly Mention[], words: readonly Word[]): Mention[] {
  const at = mentions.findIndex(({ meanings, end }) => meanings.length === 1 && meanings[0]!.cue === 'name' && startsAnother(words, end));
  return at < 0 ? [...mentions] : mentions.slice(0, at + 1);
}

function startsAnother(words: readonly Word[], at: number): boolean {
  const [mark, next, last] = [words[at], words[at + 1], words[at - 1]];
  if (mark === undefined || next === undefined || mark.part !== next.part || !/^\p{Lu}\p{L}{2}/u.test(next.raw)) return false;
  return /^[2-9]$/u.test(mark.raw) || (mark.text === 'and' && mark.part !== last!.part);
}

const postal = /^(?:\d+|[A-Z]{1,2})$/u;

function closesPart(words: readonly Word[], end: number): boolean {
  const part = words[end - 1]!.part;
  for (let at = end; at < words.length && words[at]!.part === part; at += 1) {
    if (!postal.test(words[at]!.raw) && words[at]!.text !== 'cedex') return false;
  }
  return true;
}

const school = /^(?:universit|univerz|uniwersytet|polytechni|politecn|hochschule|hospital|hopital|ospedal|klinik|clinic|clinique|chu$)/u;
const ofPlace = new Set(['of', 'de', 'del', 'di', 'do', 'da', 'du', 'for', 'in', 'zu', 'w']);

/** "…, Skövde 541 28, …", "University of Skövde", "Skövde University": where the name of a town is hardly anything else. */
function isTown(words: readonly Word[], start: number, end: number): boolean {
  const [before, after, { part, raw }] = [words[start - 1], words[end], words[start]!];
  if (!/^\p{Lu}/u.test(raw)) return false;
  const first = before?.part !== part;
  if (closesPart(words, end) && (first || startsWithDigits(words, start))) return true;
  const named = after?.part === part && school.test(after.text) && endsThere(words, end + 1);
  return (named && first) || (closesPart(words, end) && followsSchool(words, start));
}

/** "Universidad Nacional de …" is another one than "Universidad Nacional". */
function endsThere(words: readonly Word[], end: number): boolean {
  const next = words[end];
  return next?.part !== words[end - 1]!.part || !ofPlace.has(next.text);
}

function startsWithDigits(words: readonly Word[], start: number): boolean {
  const { part } = words[start]!;
  for (let at = start - 1; at >= 0 && words[at]!.part === part; at -= 1) if (!postal.test(words[at]!.raw)) return false;
  return true;
}

function followsSchool(words: readonly Word[], start: number): boolean {
  const [previous, earlier] = [words[start - 1], words[start - 2]];
  if (previous?.part !== words[start]!.part) return false;
  return school.test(previous.text) || (ofPlace.has(previous.text) && earlier !== undefined && school.test(earlier.text));
}
