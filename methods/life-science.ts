import type { WorkConcept } from './topic';

/** The study's choices on the field: `lifeScience.concepts`, `.score`, `.inferParents`. */
export interface LifeScienceRule {
  /** Concepts of the field; the paper takes Biology, Chemistry, Medicine, Psychology. */
  concepts: readonly string[];
  /** `any` takes inherited concepts with score 0 too; a number is the least score. */
  score: 'any' | 'positive' | number;
  /** Whether a concept counts by its parents in the concept table, where the tagger did not add them. */
  inferParents: boolean;
}

/** A row of the concept table; `parents` by name. */
export interface ConceptTreeRow {
  id: string;
  name: string;
  parents: readonly string[];
}

export interface LifeScienceReading {
  lifeScience: boolean;
  /** A concept of the field itself, or a concept below it. */
  branch: 'level-0' | 'ancestor' | null;
  /** Whether a concept that decided has a score above 0, as the stricter count asks. */
  positiveScore: boolean;
}

/** Whether a work belongs to the field: it has at least one of the field's concepts (paper, Methods). */
export function lifeScience(concepts: readonly WorkConcept[], rule: LifeScienceRule, tree: readonly ConceptTreeRow[]): LifeScienceReading {
  const scored = concepts.filter(({ score }) => passes(score, rule.score));
  const listed = scored.filter(({ id }) => rule.concepts.includes(id));
  if (listed.length > 0) return reading('level-0', listed);
  const below = rule.inferParents ? scored.filter(({ id }) => ancestorsOf(id, tree).some((above) => rule.concepts.includes(above))) : [];
  return below.length > 0 ? reading('ancestor', below) : { lifeScience: false, branch: null, positiveScore: false };
}

function reading(branch: 'level-0' | 'ancestor', deciders: readonly WorkConcept[]): LifeScienceReading {
  return { lifeScience: true, branch, positiveScore: deciders.some(({ score }) => score > 0) };
}

function passes(score: number, least: LifeScienceRule['score']): boolean {
  if (least === 'any') return true;
  return least === 'positive' ? score > 0 : score >= least;
}

function ancestorsOf(id: string, tree: readonly ConceptTreeRow[]): string[] {
  const names = tree.find((row) => row.id === id)?.parents ?? [];
  const parents = tree.filter((row) => names.includes(row.name)).map((row) => row.id);
  return [...parents, ...parents.flatMap((parent) => ancestorsOf(parent, tree))];
}
