import { fold } from './keywords/fold';

/** The study's choices `clinical.filter` and `clinical.randomForests`. */
export interface ClinicalRule {
  filter: 'broad' | 'narrow' | 'balanced';
  /** Whether `random*` may match terms of statistics and machine learning such as "random forest". */
  randomForests: 'keep' | 'drop';
}

export interface ClinicalReading {
  clinical: boolean;
  /** The words that decided, as they stand in the text, folded; each once. */
  because: string[];
}

/** Words about chance that are no allocation of patients. Held as word sequences of the folded text. */
const notAllocation =
  /\brandom (?:survival )?forests?\b|\brandom (?:fields?|walks?|subspaces?|projections?|ferns?)\b|\brandomly (?:split|divided|partitioned|initiali[sz]ed)\b|\b(?:extremely )?randomi[sz]ed (?:decision )?trees\b/gu;

/**
 * Clinical research by title and abstract, after the therapy filters of Haynes et al. 2005 without MeSH and publication type, which
 * OpenAlex lacks. Whole words, so "trials" is not "trial", as in PubMed. British spelling counts.
 * - broad: "clinical" and "trial", or a word that begins with "random"
 * - narrow: "randomized", "controlled" and "trial"
 * - balanced: "randomized" or "placebo"
 */
export function clinical(title: string | null, abstract: string | null, rule: ClinicalRule): ClinicalReading {
  const because = deciders[rule.filter](wordsOf(title, abstract, rule.randomForests));
  return { clinical: because.length > 0, because };
}

/** All three filters at once, with "random forest" and the like kept. */
export function clinicalBits(title: string | null, abstract: string | null): { broad: boolean; narrow: boolean; balanced: boolean } {
  const words = wordsOf(title, abstract, 'keep');
  const holds = (filter: ClinicalRule['filter']): boolean => deciders[filter](words).length > 0;
  return { broad: holds('broad'), narrow: holds('narrow'), balanced: holds('balanced') };
}

const deciders: Record<ClinicalRule['filter'], (words: ReadonlySet<string>) => string[]> = {
  broad: (words) => {
    const random = [...words].filter((word) => word.startsWith('random'));
    return [...all(words, ['clinical', 'trial']), ...random];
  },
  narrow: (words) => distinct(any(words, ['randomized', 'randomised']).flatMap((word) => all(words, [word, 'controlled', 'trial']))),
  balanced: (words) => any(words, ['randomized', 'randomised', 'placebo']),
};

function all(words: ReadonlySet<string>, wanted: readonly string[]): string[] {
  return wanted.every((word) => words.has(word)) ? [...wanted] : [];
}

function any(words: ReadonlySet<string>, wanted: readonly string[]): string[] {
  return wanted.filter((word) => words.has(word));
}

function wordsOf(title: string | null, abstract: string | null, randomForests: ClinicalRule['randomForests']): Set<string> {
  const texts = [title, ...(abstract ?? '').split('\n')].map((text) => fold(text ?? ''));
  const kept = randomForests === 'keep' ? texts : texts.map((text) => text.replace(notAllocation, ' '));
  return new Set(kept.flatMap((text) => text.split(' ')).filter((word) => word !== ''));
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
