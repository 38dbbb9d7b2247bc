import type { WorkConcept } from './topic';

/** The study's choices on the field: `lifeScience.by`, `.concepts`, `.topics`, `.score`, `.inferParents`. */
export interface LifeScienceRule {
  by: 'concepts' | 'topics';
  /** Concepts of the field; the paper takes Biology, Chemistry, Medicine, Psychology. */
  concepts: readonly string[];
  /** Domains, fields or subfields of OpenAlex' newer classification: `domains/4`. */
  topics: readonly string[];
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

/** A topic of a work with what lies above it, as short ids. */
export interface WorkTopic {
  score: number | null;
  subfield: string | null;
  field: string | null;
  domain: string | null;
}

/** How OpenAlex classifies a work. */
export interface Classified {
  concepts: readonly WorkConcept[];
  topics: readonly WorkTopic[];
}

export interface LifeScienceReading {
  lifeScience: boolean;
  /** A concept of the field itself, a concept below it, or a topic of it. */
  branch: 'level-0' | 'ancestor' | 'topic' | null;
  /** Whether something that decided has a score above 0, as the stricter count asks. */
  positiveScore: boolean;
}

export interface LifeScienceReader {
  /** Under the study's own rule. */
  read(work: Classified): LifeScienceReading;
  /** Names of the rules of `lifeScienceVariants` under which the work belongs to the field. */
  variants(work: Classified): string[];
}

/** The rules a study could have taken instead (any score, positive, at least 0.32; parents inferred or not; topics), and which is its own. */
export function lifeScienceVariants(rule: LifeScienceRule): { name: string; rule: LifeScienceRule; own: boolean }[] {
  const byConcepts = [false, true].flatMap((inferParents) =>
    (['any', 'positive', 0.32] as const).map((score) => ({
      name: `${scoreName(score)}${inferParents ? ', parents inferred' : ''}`,
      rule: { ...rule, by: 'concepts' as const, score, inferParents },
      own: rule.by === 'concepts' && rule.score === score && rule.inferParents === inferParents,
    })),
  );
  const byTopics = { name: 'topics', rule: { ...rule, by: 'topics' as const, score: 'any' as const }, own: false };
  const listed = [...byConcepts, { ...byTopics, own: rule.by === 'topics' && rule.score === 'any' }];
  return listed.some(({ own }) => own) ? listed : [...listed, { name: 'as the study says', rule, own: true }];
}

/** Makes a rule ready to read many works: whether each belongs to the field, having at least one of its concepts (paper, Methods). */
export function compileLifeScience(rule: LifeScienceRule, tree: readonly ConceptTreeRow[]): LifeScienceReader {
  const below = idsBelow(rule.concepts, tree);
  const variants = lifeScienceVariants(rule);
  return {
    read: (work) => readingOf(work, rule, below),
    variants: (work) => variants.filter((variant) => readingOf(work, variant.rule, below).lifeScience).map(({ name }) => name),
  };
}

function scoreName(score: LifeScienceRule['score']): string {
  return typeof score === 'number' ? `score ≥ ${score}` : `${score} score`;
}

function readingOf({ concepts, topics }: Classified, rule: LifeScienceRule, below: ReadonlySet<string>): LifeScienceReading {
  if (rule.by === 'topics') {
    const ofField = topics.filter(
      (topic) => passes(topic.score ?? 0, rule.score) && placesOf(topic).some((id) => rule.topics.includes(id)),
    );
    return reading('topic', ofField);
  }
  const scored = concepts.filter(({ score }) => passes(score, rule.score));
  const listed = scored.filter(({ id }) => rule.concepts.includes(id));
  if (listed.length > 0 || !rule.inferParents) return reading('level-0', listed);
  return reading(
    'ancestor',
    scored.filter(({ id }) => below.has(id)),
  );
}

function placesOf({ subfield, field, domain }: WorkTopic): string[] {
  return [subfield, field, domain].filter((place) => place !== null);
}

function reading(branch: LifeScienceReading['branch'], deciders: readonly { score: number | null }[]): LifeScienceReading {
  if (deciders.length === 0) return { lifeScience: false, branch: null, positiveScore: false };
  return { lifeScience: true, branch, positiveScore: deciders.some(({ score }) => (score ?? 0) > 0) };
}

function passes(score: number, least: LifeScienceRule['score']): boolean {
  if (least === 'any') return true;
  return least === 'positive' ? score > 0 : score >= least;
}

/** Every concept of the table with one of the field's above it. */
function idsBelow(concepts: readonly string[], tree: readonly ConceptTreeRow[]): ReadonlySet<string> {
  const idOf = new Map(tree.map(({ id, name }) => [name, id]));
  const parents = new Map(tree.map(({ id, parents: names }) => [id, names.flatMap((name) => idOf.get(name) ?? [])]));
  const isBelow = (id: string): boolean => (parents.get(id) ?? []).some((parent) => concepts.includes(parent) || isBelow(parent));
  return new Set(tree.map(({ id }) => id).filter(isBelow));
}
