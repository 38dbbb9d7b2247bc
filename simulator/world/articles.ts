import { conceptsOf, topicFor, type ConceptPlan, type Topic } from './concepts';
import { countryOf, type Country } from './countries';
import { decoyJournals, journalsOf, outsideJcr, type Journal } from './journals';
import type { Json } from '../holdings';
import { makeAuthor, partner, type Author } from './people';
import type { Random } from './random';
import { keywordText, plainText, type Text } from './text';

/** One PubMed article of the world, before it is printed as XML and as an OpenAlex work. */
export interface Article {
  /** Given when all articles stand in order. */
  pmid: number;
  number: number;
  ai: boolean;
  year: number;
  month: number;
  day: number;
  /** Year of the electronic publication; one less than `year` in a few records, and OpenAlex uses it. */
  openalexYear: number;
  journal: Journal;
  doi: string | null;
  text: Text;
  authors: Author[];
  country: Country;
  international: boolean;
  clinical: boolean;
  topic: Topic | null;
  concepts: Json[];
  retracted: boolean;
  /** Why the record must not match although a keyword is near; see decoys. */
  decoy: string | null;
  /** Peculiarities of form, by name. */
  features: Set<string>;
  workId: string | null;
  /** How the work can be found from the record. */
  link: 'pmid' | 'doi' | 'none';
}

export interface Slot {
  number: number;
  year: number;
  ai: boolean;
  /** Lead country. */
  country: string;
}

/** Share of international articles: rises from the country's value in 2000 to 1.6 times that in 2022. */
const internationalChance = ({ international }: Country, year: number) => Math.min(0.85, international * (1 + (0.6 * (year - 2000)) / 22));

/** Draws one article for a slot. */
export function makeArticle(random: Random, slot: Slot): Article {
  const country = countryOf(slot.country);
  const topic = topicFor(random, country.region);
  const clinical = random.chance(slot.ai ? country.clinical : 0.18);
  const international = random.chance(internationalChance(country, slot.year));
  const early = random.chance(0.03);
  const plan = conceptPlan(random, topic, slot.ai);
  return {
    ...slot,
    pmid: 0,
    month: random.int(1, 12),
    day: random.int(1, 28),
    openalexYear: early ? slot.year - 1 : slot.year,
    journal: journalFor(random, topic, random.chance(country.highRanked)),
    doi: doiOf(random, slot),
    text: slot.ai ? keywordText(random, { clinical }) : plainText(random, clinical),
    authors: authorsOf(random, slot, international),
    country,
    international,
    clinical,
    topic: plan.topic,
    concepts: random.chance(0.03) ? [] : conceptsOf(random, plan),
    retracted: random.chance(0.012),
    decoy: null,
    features: new Set(early ? ['years-differ'] : []),
    workId: null,
    link: 'none',
  };
}

/** One work in fifty has only the AI concepts, so that no topic is left. */
export function conceptPlan(random: Random, topic: Topic, ai: boolean): ConceptPlan {
  const parents = random.weighted<[ConceptPlan['parents'], number]>(
    [
      ['scored', 60],
      ['zero', 25],
      ['absent', 15],
    ],
    ([, weight]) => weight,
  )[0];
  return { topic: ai && random.chance(0.02) ? null : topic, ai, parents };
}

function journalFor(random: Random, topic: Topic, high: boolean): Journal {
  if (high) return random.pick(journalsOf(topic.category, true));
  if (random.chance(0.1)) return random.pick(outsideJcr);
  if (random.chance(0.01)) return random.pick(decoyJournals);
  return random.pick(journalsOf(topic.category, false));
}

/** Most DOIs are plain; a few have the characters that break filters, files and comparisons. */
function doiOf(random: Random, { number, year }: Slot): string | null {
  const plain = `10.5555/synthetic.${year}.${number}`;
  const draw = random.next();
  if (draw < 0.02) return null;
  if (draw < 0.05) return `10.5555/SYN-${year}.${number}A`;
  if (draw < 0.06) return `10.5555/syn(${year})${number}<1:X>2.0;2-Q`;
  if (draw < 0.07) return `10.5555/syn,${year},${number}`;
  return plain;
}

/** Byline: the last author leads; nine of ten national articles begin and end in the same country anyway. */
function authorsOf(random: Random, { year, country }: Slot, international: boolean): Author[] {
  const count = Math.max(international ? 2 : 1, 1 + random.poisson(2 + random.next() * 6));
  const codes = Array.from({ length: count }, () => country);
  if (international) {
    const foreign = Math.min(count - 1, random.int(1, 3));
    for (let index = 0; index < foreign; index += 1) codes[random.int(0, count - 2)] = partner(random, country, year).code;
  }
  return codes.map((code, index) =>
    makeAuthor(random, { country: code, year, printed: index === 0 || (year >= 2014 && random.chance(0.85)) }),
  );
}
