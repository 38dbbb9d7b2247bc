import type { Json } from '../holdings';
import type { Random } from './random';

/** A level-1 concept with its level-0 parents; ids as in OpenAlex. */
export interface Topic {
  id: string;
  name: string;
  parents: string[];
  /** Weight among AI articles, Asian and other: topic mix differs by region. */
  weights: [asia: number, elsewhere: number];
  /** JCR category in which such articles appear. */
  category: string;
}

export const roots: Record<string, string> = {
  Biology: 'C86803240',
  Chemistry: 'C185592680',
  Medicine: 'C71924100',
  Psychology: 'C15744967',
  'Computer science': 'C41008148',
  Mathematics: 'C33923547',
  Engineering: 'C127413603',
};

export const lifeSciences = ['Biology', 'Chemistry', 'Medicine', 'Psychology'];

const topic = (id: string, name: string, parents: string, weights: [number, number], category: string): Topic => ({
  id,
  name,
  parents: parents.split(';'),
  weights,
  category,
});

const imaging = 'RADIOLOGY, NUCLEAR MEDICINE & MEDICAL IMAGING';
const biology = 'MATHEMATICAL & COMPUTATIONAL BIOLOGY';
const general = 'MEDICINE, GENERAL & INTERNAL';

export const topics: readonly Topic[] = [
  topic('C31972630', 'Computer vision', 'Computer science', [16, 10], imaging),
  topic('C70721500', 'Computational biology', 'Biology', [9, 10], biology),
  topic('C169760540', 'Neuroscience', 'Biology;Psychology', [5, 11], 'NEUROSCIENCES'),
  topic('C126322002', 'Internal medicine', 'Medicine', [7, 8], general),
  topic('C105795698', 'Statistics', 'Mathematics', [5, 6], 'MEDICAL INFORMATICS'),
  topic('C126838900', 'Radiology', 'Medicine', [8, 6], imaging),
  topic('C141071460', 'Surgery', 'Medicine', [5, 7], 'SURGERY'),
  topic('C54355233', 'Genetics', 'Biology', [4, 5], biology),
  topic('C143998085', 'Oncology', 'Medicine', [6, 4], 'ONCOLOGY'),
  topic('C142724271', 'Pathology', 'Medicine', [5, 4], 'ONCOLOGY'),
  topic('C118552586', 'Psychiatry', 'Medicine;Psychology', [1, 4], 'NEUROSCIENCES'),
  topic('C164705383', 'Cardiology', 'Medicine', [3, 3], general),
  topic('C124101348', 'Data mining', 'Computer science', [5, 4], 'MEDICAL INFORMATICS'),
  topic('C204321447', 'Natural language processing', 'Computer science', [2, 4], 'MEDICAL INFORMATICS'),
  topic('C136229726', 'Biomedical engineering', 'Engineering;Medicine', [6, 4], 'ENGINEERING, BIOMEDICAL'),
];

const excluded = [
  { id: 'C154945302', name: 'Artificial intelligence', level: 1 },
  { id: 'C119857082', name: 'Machine learning', level: 1 },
];
const deep = [
  { id: 'C108583219', name: 'Deep learning', level: 2 },
  { id: 'C153180895', name: 'Pattern recognition (psychology)', level: 2 },
];

interface Tag {
  id: string;
  name: string;
  level: number;
  score: number;
}

const tag = ({ id, name, level }: Omit<Tag, 'score'>, score: number): Tag => ({ id, name, level, score });

export interface ConceptPlan {
  topic: Topic | null;
  /** Whether the AI concepts are listed too. */
  ai: boolean;
  /** Level-0 parents: with scores, with score 0 (as inherited), or left out. */
  parents: 'scored' | 'zero' | 'absent';
}

/** The `concepts` of a work, by falling score. The best level-1 concept that is not purely AI is the planned topic. */
export function conceptsOf(random: Random, { topic: best, ai, parents }: ConceptPlan): Json[] {
  const score = 0.5 + random.next() * 0.2;
  const tags: Tag[] = [];
  if (best) tags.push(tag({ id: best.id, name: best.name, level: 1 }, score));
  if (ai)
    tags.push(...excluded.map((one) => tag(one, score + (random.next() - 0.4) * 0.3)), ...deep.map((one) => tag(one, random.next() * 0.5)));
  const names = new Set([...(best?.parents ?? []), ...(ai ? ['Computer science'] : [])]);
  const listed = parents === 'absent' ? [...names].filter((name) => name === 'Computer science') : [...names];
  for (const name of listed) tags.push(tag({ id: roots[name] ?? '', name, level: 0 }, parents === 'zero' ? 0 : 0.3 + random.next() * 0.4));
  return tags
    .sort((a, b) => b.score - a.score)
    .map(({ id, name, level, score: value }) => ({
      id: `https://openalex.org/${id}`,
      wikidata: `https://www.wikidata.org/wiki/Q${id.slice(1)}`,
      display_name: name,
      level,
      score: Number(value.toFixed(4)),
    }));
}

/** Draws the topic of an article from the mix of its region. */
export function topicFor(random: Random, region: string): Topic {
  return random.weighted(topics, ({ weights: [asia, elsewhere] }) => (region === 'Asia' ? asia : elsewhere));
}
