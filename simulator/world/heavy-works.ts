import type { Json } from '../holdings';
import { Random } from './random';
import { heavyText, vocabularyOf } from './heavy-text';

/** What the lines shall hold. */
export interface HeavyPlan {
  seed: number;
  /** Numbers of the works that some lines cite. */
  sought: readonly number[];
  /** Share of lines that cite one to three of them. */
  citing: number;
  /** Phrases that some texts hold, and the share of lines that do. */
  phrases: readonly string[];
  matching: number;
}

const openalex = (id: string) => `https://openalex.org/${id}`;
/** By inversion, so that one seed gives one world. */
const exponential = (random: Random, mean: number) => -Math.log(1 - random.next()) * mean;
/** Works stand between these numbers: beyond 2³¹, which 32-bit integers do not hold. */
const [firstWork, lastWork] = [1_000_000_000, 4_400_000_000];

/**
 * Works as heavy as real ones (12 to 17 kB a line, 5:1 or 6:1 in gzip), for benchmarks and tests of readers: weights of the parts as measured on
 * recorded works. All names are invented. The same plan gives the same works.
 */
export function* heavyWorks(plan: HeavyPlan): Generator<{ [key: string]: Json }> {
  const random = new Random(plan.seed, 'heavy works');
  const vocabulary = vocabularyOf(plan.seed);
  for (let number = 0; ; number++) {
    const text = heavyText(random, { vocabulary, phrase: random.chance(plan.matching) ? random.pick(plan.phrases) : null });
    yield workOf(random, { plan, text, number });
  }
}

interface Draft {
  plan: HeavyPlan;
  text: { title: string; abstract: string | null; words: readonly string[] };
  number: number;
}

function workOf(random: Random, { plan, text, number }: Draft): { [key: string]: Json } {
  const id = openalex(`W${firstWork + number * 7 + random.int(0, 6)}`);
  const doi = random.chance(0.9) ? `https://doi.org/10.5555/heavy.${plan.seed}.${number}` : null;
  const pmid = random.chance(0.3) ? `https://pubmed.ncbi.nlm.nih.gov/${80_000_000 + number}` : null;
  const year = random.int(1995, 2024);
  const location = locationOf(random, text.words);
  const concepts = conceptsOf(random, text.words);
  const references = referencesOf(random, plan);
  return {
    id,
    doi,
    title: text.title,
    display_name: text.title,
    publication_year: year,
    publication_date: `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
    ids: { openalex: id, doi, mag: String(random.int(1e9, 3e9)), pmid },
    language: 'en',
    primary_location: location,
    type: 'article',
    indexed_in: ['crossref', 'pubmed'],
    open_access: { is_oa: true, oa_status: 'gold', oa_url: doi, any_repository_has_fulltext: true },
    authorships: Array.from({ length: 1 + Math.min(99, Math.floor(exponential(random, 4))) }, (_, index) =>
      authorOf(random, text.words, index),
    ),
    cited_by_count: random.int(0, 400),
    biblio: { volume: '12', issue: '3', first_page: '101', last_page: '117' },
    is_retracted: random.chance(0.001),
    is_paratext: false,
    primary_topic: topicOf(random, text.words),
    topics: [topicOf(random, text.words), topicOf(random, text.words), topicOf(random, text.words)],
    keywords: text.words.slice(0, 5).map((word) => ({ id: openalex(`keywords/${word}`), display_name: word, score: random.next() })),
    concepts,
    mesh: text.words.slice(0, random.int(0, 9)).map((word, index) => ({
      descriptor_ui: `D${600_000 + index}`,
      descriptor_name: word,
      qualifier_ui: '',
      qualifier_name: null,
      is_major_topic: index === 0,
    })),
    locations_count: 2,
    locations: [location, locationOf(random, text.words)],
    best_oa_location: location,
    referenced_works_count: references.length,
    referenced_works: references,
    related_works: Array.from({ length: 10 }, () => openalex(`W${random.int(firstWork, lastWork)}`)),
    abstract_inverted_index: text.abstract === null ? null : indexOf(text.abstract),
    counts_by_year: Array.from({ length: random.int(0, 10) }, (_, index) => ({ year: 2026 - index, cited_by_count: random.int(0, 40) })),
    is_xpac: false,
    updated_date: '2026-05-01T12:00:00.000000',
    created_date: '2025-10-10',
  };
}

function referencesOf(random: Random, { sought, citing }: HeavyPlan): string[] {
  const count = random.chance(0.35) ? 0 : Math.min(300, Math.floor(exponential(random, 38)));
  const numbers = Array.from({ length: count }, () => random.int(firstWork, lastWork));
  if (random.chance(citing))
    for (let left = random.int(1, 3); left > 0; left--) numbers.splice(random.int(0, numbers.length), 0, random.pick(sought));
  return numbers.map((number) => openalex(`W${number}`));
}

function authorOf(random: Random, words: readonly string[], index: number): Json {
  const name = `${random.pick(words)} ${random.pick(words)}`;
  const institution = { id: openalex(`I${random.int(1, 4000)}`), display_name: `University of ${random.pick(words)}`, country_code: 'US' };
  const raw = [
    `Department of ${random.pick(words)} and ${random.pick(words)}, ${institution.display_name}, ${random.int(1, 999)} ${random.pick(words)} Street, Springfield, IL ${random.int(60_000, 62_999)}, USA`,
  ];
  const detail = {
    ...institution,
    ror: `https://ror.org/0${random.int(1e8, 2e9).toString(36)}`,
    type: 'education',
    lineage: [institution.id],
  };
  return {
    author_position: index === 0 ? 'first' : 'middle',
    author: {
      id: openalex(`A${random.int(5_000_000_000, 5_099_999_999)}`),
      display_name: name,
      orcid: random.chance(0.4)
        ? `https://orcid.org/0000-000${random.int(1, 3)}-${random.int(1000, 9999)}-${random.int(1000, 9999)}-${random.int(1000, 9999)}`
        : null,
    },
    institutions: random.chance(0.8) ? [detail] : [],
    countries: ['US'],
    is_corresponding: false,
    raw_author_name: name,
    raw_affiliation_strings: raw,
    affiliations: raw.map((text) => ({ raw_affiliation_string: text, institution_ids: [institution.id] })),
  };
}

function locationOf(random: Random, words: readonly string[]): Json {
  const issn = `${random.int(1000, 9999)}-${random.int(1000, 9999)}`;
  const host = openalex(`P${random.int(1, 400)}`);
  return {
    id: `doi:10.5555/${random.int(1, 1e9)}`,
    is_oa: true,
    landing_page_url: `https://doi.org/10.5555/${random.int(1, 1e9)}`,
    pdf_url: null,
    source: {
      id: openalex(`S${random.int(1, 90_000)}`),
      display_name: `Journal of ${random.pick(words)}`,
      issn_l: issn,
      issn: [issn],
      is_oa: true,
      is_in_doaj: true,
      host_organization: host,
      host_organization_name: 'Synthetic Press',
      host_organization_lineage: [host],
      type: random.chance(0.12) ? 'conference' : 'journal',
    },
    license: 'cc-by',
    version: 'publishedVersion',
    is_accepted: true,
    is_published: true,
    raw_type: 'journal-article',
  };
}

function conceptsOf(random: Random, words: readonly string[]): Json[] {
  return Array.from({ length: random.int(6, 19) }, (_, index) => ({
    id: openalex(`C${random.int(1e6, 2e8)}`),
    wikidata: `https://www.wikidata.org/wiki/Q${random.int(1, 1e7)}`,
    display_name: random.pick(words),
    level: index % 6,
    score: random.next(),
  }));
}

function topicOf(random: Random, words: readonly string[]): Json {
  const place = (kind: string) => ({ id: openalex(`${kind}/${random.int(1, 4000)}`), display_name: random.pick(words) });
  const name = `${random.pick(words)} and ${random.pick(words)}`;
  return {
    id: openalex(`T${random.int(10_000, 14_500)}`),
    display_name: name,
    score: random.next(),
    subfield: place('subfields'),
    field: place('fields'),
    domain: place('domains'),
  };
}

function indexOf(text: string): Json {
  const index = new Map<string, number[]>();
  text.split(' ').forEach((word, place) => index.set(word, [...(index.get(word) ?? []), place]));
  return Object.fromEntries(index);
}
