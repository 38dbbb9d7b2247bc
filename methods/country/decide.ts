import { parentStates } from '../territories';
import type { Meaning } from './gazetteer';
import type { Mention } from './mentions';
import type { CountryCue } from './tables';
import type { Word } from './words';

/** All that an address offers for a decision. `domains`: countries of its e-mail addresses. */
export interface Evidence {
  words: readonly Word[];
  mentions: readonly Mention[];
  domains: readonly string[];
}

export interface Decision {
  country: string;
  cue: CountryCue;
  /** The place closes a comma part, as a postal address does. */
  certain: boolean;
}

/** Read from the end: first the places that close a comma part, then those within institutions' names, then the e-mail domain. */
export function decide(evidence: Evidence): Decision | null {
  for (const certain of [true, false]) {
    for (let at = evidence.mentions.length - 1; at >= 0; at -= 1) {
      if (evidence.mentions[at]!.closesPart !== certain) continue;
      const meaning = resolve(evidence, qualifier(evidence, at));
      if (meaning?.iso2) return { ...territory(evidence, at, meaning), certain };
    }
  }
  const domain = evidence.domains[0];
  return domain === undefined ? null : { country: domain, cue: 'email-domain', certain: false };
}

/** "Korea Food and Drug Administration", "Nottingham Trent University": a place right before an institution says which one is meant. */
function qualifier({ words, mentions }: Evidence, at: number): number {
  const [before, here] = [mentions[at - 1], mentions[at]!];
  if (before?.end !== here.start || words[before.start]!.part !== words[here.start]!.part) return at;
  const isInstitution = ({ meanings }: Mention): boolean => meanings.some(({ cue }) => cue === 'institution');
  return isInstitution(here) && !isInstitution(before) ? at - 1 : at;
}

/** What a place means. One that may stand in several countries needs support: ZIP digits, another place, or an e-mail domain. */
function resolve(evidence: Evidence, at: number): Meaning | null {
  const { meanings, end } = evidence.mentions[at]!;
  if (meanings.length === 1) return meanings[0]!;
  const zip = evidence.words[end]?.raw.length === 5 && /^\d{5}$/u.test(evidence.words[end].raw);
  const supported = zip && meanings.some(({ iso2 }) => iso2 === 'US') ? 'US' : support(evidence, at);
  return meanings.find(({ iso2 }) => iso2 === supported) ?? null;
}

/** The country that the nearest other place leaves over, else the one the e-mail domain names. */
function support({ mentions, domains }: Evidence, at: number): string | null {
  const possible = countriesOf(mentions[at]!);
  for (const other of byDistance(mentions, at)) {
    const shared = countriesOf(other).filter((iso2) => possible.includes(iso2));
    if (shared.length === 1) return shared[0]!;
  }
  return domains.find((iso2) => possible.includes(iso2)) ?? null;
}

function countriesOf({ meanings }: Mention): string[] {
  return meanings.flatMap(({ iso2 }) => iso2 ?? []);
}

/** As many places as an address may name; text without end is not searched for support. */
const NEAR = 40;

/** The other places from the nearest on; of two as near the earlier one first. */
function* byDistance(mentions: readonly Mention[], at: number): Generator<Mention> {
  const { start } = mentions[at]!;
  let [before, after] = [at - 1, at + 1];
  for (let given = 0; given < NEAR && (before >= 0 || after < mentions.length); given += 1) {
    const [left, right] = [mentions[before], mentions[after]];
    if (right === undefined || (left !== undefined && start - left.start <= right.start - start)) {
      yield left!;
      before -= 1;
    } else {
      yield right;
      after += 1;
    }
  }
}

/** "Hung Hom, Kowloon, Hong Kong, P.R. China" and "San Juan, Puerto Rico, USA" name the territory before the state: the territory is meant. */
function territory({ words, mentions }: Evidence, at: number, { iso2, cue }: Meaning): { country: string; cue: CountryCue } {
  const [before, here] = [mentions[at - 1], mentions[at]!];
  const stated = { country: iso2!, cue };
  if (before?.meanings.length !== 1) return stated;
  const between = words.slice(before.end, here.start);
  if (!between.every(({ raw, text }) => /^\d+$/u.test(raw) || text === 'sar')) return stated;
  const inner = before.meanings[0]!;
  return inner.iso2 !== null && parentStates[inner.iso2] === iso2 ? { country: inner.iso2, cue: inner.cue } : stated;
}
