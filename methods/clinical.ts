import { fold } from './keywords/fold';

export const CLINICAL_FILTERS = ['broad', 'narrow', 'balanced'] as const;

/** The study's choices `clinical.filter`, `clinical.randomForests` and the lines of a filter file. */
export interface ClinicalRule {
  filter: (typeof CLINICAL_FILTERS)[number] | 'file';
  /** Whether `random*` may match terms of statistics and machine learning such as "random forest". */
  randomForests: 'keep' | 'drop';
  /** With `file`: its lines. All words of a line must stand in the text, one line must hold; an asterisk at the end of a word: any ending. */
  entries?: readonly string[];
}

export interface ClinicalReading {
  clinical: boolean;
  /** The words that decided, as they stand in the text, folded; each once. */
  because: string[];
}

/** Every filter on one text. `…_strict` is the filter with "random forest" and the like dropped; `own` that of a filter file, null without. */
export interface ClinicalBits {
  broad: boolean;
  narrow: boolean;
  balanced: boolean;
  broad_strict: boolean;
  narrow_strict: boolean;
  balanced_strict: boolean;
  own: boolean | null;
}

/** Words about chance that are no allocation of patients. Held as word sequences of the folded text. */
const notAllocation = new RegExp(
  [
    'random (?:survival )?forests?',
    'random (?:fields?|walks?|subspaces?|projections?|ferns?)',
    'randomly (?:split|partitioned|initiali[sz]ed)',
    // Patients are randomly divided into groups, data into sets.
    'randomly divided into (?:(?:an?|the|two|three|independent) )*(?:train|training|test|testing|validation|development|derivation)',
    '(?:extremely )?randomi[sz]ed (?:decision )?trees',
  ]
    .map((words) => `\\b${words}\\b`)
    .join('|'),
  'gu',
);

/**
 * Clinical research by title and abstract, after the therapy filters of Haynes et al. 2005 without MeSH and publication type, which
 * OpenAlex lacks. Whole words, so "trials" is not "trial", as in PubMed. British spelling counts.
 * - broad: "clinical" and "trial", or a word that begins with "random"
 * - narrow: "randomized", "controlled" and "trial"
 * - balanced: "randomized" or "placebo"
 * - file: the lines of the study's own filter
 */
export function clinical(title: string | null, abstract: string | null, rule: ClinicalRule): ClinicalReading {
  const because = deciding(wordsOf(textsOf(title, abstract), rule.randomForests), rule);
  return { clinical: because.length > 0, because };
}

/** All filters at once, and those of a filter file under the rule's `randomForests`. */
export function clinicalBits(title: string | null, abstract: string | null, own?: ClinicalRule): ClinicalBits {
  const texts = textsOf(title, abstract);
  const words = { keep: wordsOf(texts, 'keep'), drop: wordsOf(texts, 'drop') };
  const holds = (filter: ClinicalRule['filter'], randomForests: ClinicalRule['randomForests']): boolean =>
    deciding(words[randomForests], { filter, randomForests, entries: own?.entries ?? [] }).length > 0;
  return {
    broad: holds('broad', 'keep'),
    narrow: holds('narrow', 'keep'),
    balanced: holds('balanced', 'keep'),
    broad_strict: holds('broad', 'drop'),
    narrow_strict: holds('narrow', 'drop'),
    balanced_strict: holds('balanced', 'drop'),
    own: own?.filter === 'file' ? holds('file', own.randomForests) : null,
  };
}

const british: Readonly<Record<string, string>> = { randomized: 'randomised' };

/** The filters as lines of words that must all be there. */
const lines: Readonly<Record<(typeof CLINICAL_FILTERS)[number], readonly string[]>> = {
  broad: ['clinical trial', 'random*'],
  narrow: ['randomized controlled trial'],
  balanced: ['randomized', 'placebo'],
};

function deciding(words: ReadonlySet<string>, { filter, entries = [] }: ClinicalRule): string[] {
  const asked = filter === 'file' ? entries : lines[filter];
  return [...new Set(asked.flatMap((line) => ofLine(words, line)))];
}

/** The words of the text by which a line holds; none if one of its words is missing. */
function ofLine(words: ReadonlySet<string>, line: string): string[] {
  const found = line
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ofWord(words, word));
  return found.every((some) => some.length > 0) ? found.flat() : [];
}

function ofWord(words: ReadonlySet<string>, wanted: string): string[] {
  const plain = fold(wanted.replace(/\*$/, ''));
  if (plain === '') return [];
  if (wanted.endsWith('*')) return [...words].filter((word) => word.startsWith(plain));
  return [plain, british[plain] ?? plain].filter((word, index, both) => words.has(word) && both.indexOf(word) === index);
}

function textsOf(title: string | null, abstract: string | null): string[] {
  return [title, ...(abstract ?? '').split('\n')].map((text) => fold(text ?? ''));
}

function wordsOf(texts: readonly string[], randomForests: ClinicalRule['randomForests']): Set<string> {
  const kept = randomForests === 'keep' ? texts : texts.map((text) => (text.includes('random') ? text.replace(notAllocation, ' ') : text));
  return new Set(kept.flatMap((text) => text.split(' ')).filter((word) => word !== ''));
}
