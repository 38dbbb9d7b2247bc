import { plain } from '../markup';
import type { Row } from '../holdings';
import { conceptPlan } from './articles';
import { conceptsOf, lifeSciences, topicFor, topics, type ConceptPlan, type Topic } from './concepts';
import { conferences, sourceOf, type Conference } from './conferences';
import { countries, weightIn, type Country } from './countries';
import { makeAuthor, partner, withoutAddress, type Author } from './people';
import { allocate, firstYear, lastYear } from './plan';
import type { Random } from './random';
import { bareKeywordText, keywordText, plainText } from './text';
import { sourceJson, workRow } from './works';

/** One paper of a conference; it belongs to the sample if it has a keyword and a life-science concept. */
export interface Paper {
  row: Row;
  workId: string;
  year: number;
  conference: Conference;
  country: Country;
  authors: Author[];
  international: boolean;
  topic: Topic | null;
  keywords: string[];
  /** How the life-science test is met: a listed level-0 concept (with or without score), an ancestor only, or not. */
  lifeScience: 'listed' | 'zero-score' | 'ancestor' | 'no';
  title: string;
  abstract: string | null;
}

/** Share of papers without any affiliation: a fifth of the paper's conference works had no country. */
const unplaced = 0.15;

const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);

/** Shares of papers by keyword and life-science concept; a quarter has both. */
const kinds = [
  { ai: true, life: true, weight: 25 },
  { ai: true, life: false, weight: 43 },
  { ai: false, life: true, weight: 17 },
  { ai: false, life: false, weight: 15 },
];

/** Draws all conference papers. Their work numbers follow those of the PubMed articles. */
export function makePapers(random: Random, total: number): Paper[] {
  const perYear = allocate(total, years, (year) => 1.12 ** (year - firstYear));
  let number = 0;
  return [...perYear].flatMap(([year, count]) => Array.from({ length: count }, () => makePaper(random, year, (number += 1))));
}

type Draft = Omit<Paper, 'row' | 'lifeScience' | 'topic'> & { number: number; concepts: ConceptPlan };

function makePaper(random: Random, year: number, number: number): Paper {
  const planned = draft(random, year, number);
  return { ...planned, row: rowOf(random, planned), topic: planned.concepts.topic, lifeScience: lifeScienceOf(planned.concepts) };
}

function draft(random: Random, year: number, number: number): Draft {
  const { ai, life } = random.weighted(kinds, ({ weight }) => weight);
  const country = random.weighted(countries, (one) => weightIn(one, year));
  const conference = random.weighted(conferences, ({ weight }) => weight);
  const topic = topicOf(random, life, country.region);
  const plan = conceptPlan(random, topic, ai);
  // Without a topic there would be no life-science concept either.
  const concepts: ConceptPlan = life ? { ...plan, topic } : plan;
  const international = random.chance(Math.min(0.85, country.international * 1.2));
  const authors = byline(random, { country, year, international });
  const clinical = random.chance(country.clinical * 0.6);
  const kept = random.chance(0.78);
  const text = !ai ? plainText(random, clinical) : kept ? keywordText(random, { clinical }) : bareKeywordText(random);
  const abstract = kept ? text.parts.map(({ markup }) => plain(markup)).join(' ') : null;
  const keywords = ai ? text.keywords : [];
  const workId = `W${9_100_000_000 + number * 10}`;
  return { number, workId, year, conference, country, authors, international, concepts, keywords, title: plain(text.title), abstract };
}

function rowOf(random: Random, { number, workId, year, conference, authors, concepts, keywords, title, abstract }: Draft): Row {
  const { id, name } = sourceOf(conference, year, random.next());
  const untitled = number % 97 === 0 && abstract !== null && keywords.length === 0;
  return workRow({
    id: workId,
    doi: random.chance(0.85) ? `10.5555/synconf.${year}.${number}` : null,
    pmid: null,
    title: untitled ? null : title,
    year,
    month: random.int(1, 12),
    day: random.int(1, 28),
    authors,
    source: sourceJson({ id, name, type: 'conference', issn: [] }),
    concepts: conceptsOf(random, concepts),
    topic: concepts.topic,
    abstract,
    retracted: random.chance(0.004),
    rawType: 'proceedings-article',
  });
}

const isLife = ({ parents }: Topic) => parents.some((name) => lifeSciences.includes(name));

function topicOf(random: Random, life: boolean, region: string): Topic {
  const drawn = topicFor(random, region);
  return isLife(drawn) === life ? drawn : random.pick(topics.filter((one) => isLife(one) === life));
}

function lifeScienceOf({ topic, parents }: ConceptPlan): Paper['lifeScience'] {
  if (topic === null || !isLife(topic)) return 'no';
  return parents === 'absent' ? 'ancestor' : parents === 'zero' ? 'zero-score' : 'listed';
}

function byline(random: Random, { country, year, international }: { country: Country; year: number; international: boolean }): Author[] {
  const count = (international ? 2 : 1) + random.poisson(3);
  const foreign = international ? random.int(0, count - 2) : -1;
  const unknown = random.chance(unplaced);
  return Array.from({ length: count }, (_, index) => {
    const code = index === foreign ? partner(random, country.code, year).code : country.code;
    const author = makeAuthor(random, { country: code, year, printed: false });
    return unknown ? withoutAddress(author) : author;
  });
}
