import { InputError } from './input-error';
import type { Study } from './study';

/** Choices that a study file may name and no step reads yet: key, the value that is built, what was asked for. */
type Wish = readonly [key: string, built: string, asked: string];

/**
 * Refuses a study that asks for a rule which is not built yet, rather than counting by another one.
 * @throws InputError (exit code 2) naming every such key
 */
export function refuseNotYet(study: Study): void {
  const wishes = wishesOf(study).filter(([, built, asked]) => built !== asked);
  if (wishes.length === 0) return;
  const lines = wishes.map(
    ([key, built, asked]) =>
      `Expected ${key} to be ${built}, got ${asked} (study ${study.name}). This version has no step that reads it; set it back.`,
  );
  throw new InputError(lines.join('\n'));
}

function wishesOf(study: Study): Wish[] {
  const { pubmed, lead, citations, international, dyads, rank, pool } = study;
  return [
    ['pubmed.term', searchable(study) ? pubmed.term : 'all, or a search of your own', pubmed.term],
    ['pool.dedup', pool.dedup === 'id+title' ? 'none or work-id' : pool.dedup, pool.dedup],
    ['lead.role', lead.role === 'corresponding' ? 'last or first' : lead.role, lead.role],
    ['lead.several', lead.several === 'fractional' ? 'first-institution, first-string or drop' : lead.several, lead.several],
    ['citations.general', citations.general === 'concepts' ? 'any or pubmed' : citations.general, citations.general],
    ['citations.self', 'keep', citations.self],
    ['international.oneAuthorTwoCountries', 'false', String(international.oneAuthorTwoCountries)],
    ['dyads.count', 'country', dyads.count],
    ['rank.base', 'final', rank.base],
    ['rank.denominator', 'all', rank.denominator],
    ['counting', 'lead', study.counting],
    ['pubmed.asOf', 'null', String(pubmed.asOf)],
    ['citations.compareUntil', '2023-06', String(citations.compareUntil)],
  ];
}

/** PubMed has no such wildcards, nor words that end anyhow: a search for those entries would leave out what they find. */
function searchable({ pubmed, keywords }: Study): boolean {
  const asks = pubmed.on && pubmed.routes.includes('eutils') && pubmed.term === 'keywords';
  return !asks || (keywords.marks === 'none' && keywords.end !== 'substring');
}
