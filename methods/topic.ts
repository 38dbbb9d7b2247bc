/** A concept of an OpenAlex work. `score` may be 0: inherited parents have no score of their own. */
export interface WorkConcept {
  /** Short id, `C71924100`. */
  id: string;
  level: number;
  score: number;
}

export interface TopicReading {
  concept: string | null;
  /** `highest`; `next-highest`, when purely AI concepts were passed over; `only-excluded`; `no-level-1`. */
  because: 'highest' | 'next-highest' | 'only-excluded' | 'no-level-1';
  passedOver: string[];
}

/**
 * The topic of a work: the level-1 concept with the highest score that is not purely about AI (paper, Methods). Equal scores go by id,
 * so that the answer does not depend on the order in the record.
 */
export function topic(concepts: readonly WorkConcept[], { excluded }: { excluded: readonly string[] }): TopicReading {
  const candidates = concepts.filter(({ level }) => level === 1).sort((a, b) => b.score - a.score || idNumber(a) - idNumber(b));
  const at = candidates.findIndex(({ id }) => !excluded.includes(id));
  if (candidates.length === 0) return { concept: null, because: 'no-level-1', passedOver: [] };
  if (at < 0) return { concept: null, because: 'only-excluded', passedOver: candidates.map(({ id }) => id) };
  const passedOver = candidates.slice(0, at).map(({ id }) => id);
  return { concept: candidates[at]!.id, because: at === 0 ? 'highest' : 'next-highest', passedOver };
}

function idNumber({ id }: WorkConcept): number {
  return Number(id.slice(1));
}
