import { plain } from '../markup';
import type { Json, Row } from '../holdings';
import type { Article } from './articles';
import type { Topic } from './concepts';
import { topics as allTopics } from './concepts';
import type { Journal } from './journals';
import { countriesOf, type Author, type Institution } from './people';

const openalex = (id: string) => `https://openalex.org/${id}`;
const two = (value: number) => String(value).padStart(2, '0');

/** What a work needs; everything else of the record is derived. */
export interface WorkPlan {
  /** Short id, `W…`. */
  id: string;
  doi: string | null;
  pmid: number | null;
  title: string | null;
  year: number;
  month: number;
  day: number;
  authors: Author[];
  source: Json;
  concepts: Json[];
  topic: Topic | null;
  /** null = OpenAlex may not keep the abstract. */
  abstract: string | null;
  retracted?: boolean;
  rawType?: string;
}

/** A word → positions index, as OpenAlex gives abstracts. */
export function invertedIndex(text: string): Json {
  const index = new Map<string, number[]>();
  text.split(' ').forEach((word, position) => {
    const positions = index.get(word);
    if (positions) positions.push(position);
    else index.set(word, [position]);
  });
  return Object.fromEntries(index);
}

const institutionJson = ({ id, name, country }: Institution): Json => ({
  id: openalex(id),
  display_name: name,
  ror: `https://ror.org/0${Number(id.slice(-7)).toString(36).padStart(6, '0')}00`,
  country_code: country,
  type: 'education',
  lineage: [openalex(id)],
});

function authorship(author: Author, index: number, { id, authors }: WorkPlan): Json {
  const position = index === 0 ? 'first' : index === authors.length - 1 ? 'last' : 'middle';
  const name = `${author.fore} ${author.last}`;
  return {
    author_position: position,
    author: {
      id: openalex(`A${id.slice(-7)}${String(index).padStart(3, '0')}`),
      display_name: name,
      orcid: author.orcid && `https://orcid.org/${author.orcid}`,
    },
    institutions: author.institutions.map(institutionJson),
    countries: countriesOf(author),
    is_corresponding: index === 0,
    raw_author_name: name,
    raw_affiliation_strings: author.raw,
    affiliations: author.raw.map((text, place) => ({
      raw_affiliation_string: text,
      institution_ids: author.institutions.slice(place, place + 1).map((one) => openalex(one.id)),
    })),
  };
}

/** The `source` of a location in a journal. */
export function journalSource({ sourceId, title, print, electronic }: Journal): Json {
  const issn = [print, electronic].filter((one) => one !== null);
  return sourceJson({ id: sourceId, name: title, type: 'journal', issn });
}

export function sourceJson({ id, name, type, issn }: { id: string; name: string; type: string; issn: string[] }): Json {
  return {
    id: openalex(id),
    display_name: name,
    issn_l: issn[0] ?? null,
    issn: issn.length > 0 ? issn : null,
    is_oa: false,
    is_in_doaj: false,
    is_core: true,
    host_organization: null,
    host_organization_name: 'Synthetic Press',
    host_organization_lineage: [],
    host_organization_lineage_names: [],
    type,
  };
}

/** Field and domain of OpenAlex' newer classification for each level-0 concept. */
const placesOfTopics: Readonly<Record<string, readonly [field: number, domain: number]>> = {
  Biology: [13, 1],
  Medicine: [27, 4],
  Psychology: [32, 2],
  Chemistry: [16, 3],
  'Computer science': [17, 3],
  Mathematics: [26, 3],
  Engineering: [22, 3],
};

function topicsOf(topic: Topic | null): Json[] {
  if (topic === null) return [];
  const id = openalex(`T${19_001 + allTopics.indexOf(topic)}`);
  const nested = (kind: string, number: number, name: string): Json => ({ id: openalex(`${kind}/${number}`), display_name: name });
  const [field, domain] = placesOfTopics[topic.parents[0] ?? ''] ?? [99, 99];
  return [
    {
      id,
      display_name: `Synthetic topic: ${topic.name}`,
      score: 0.9,
      subfield: nested('subfields', 99, topic.name),
      field: nested('fields', field, topic.parents[0] ?? ''),
      domain: nested('domains', domain, 'Synthetic'),
    },
  ];
}

/** What is the same in every work of the world; links and counts are added later. */
const constants = {
  language: 'en',
  type: 'article',
  open_access: { is_oa: false, oa_status: 'closed', oa_url: null, any_repository_has_fulltext: false },
  is_paratext: false,
  is_xpac: false,
  locations_count: 1,
  created_date: '2026-01-01',
};

const doiUrl = ({ doi }: WorkPlan) => (doi === null ? null : `https://doi.org/${doi.toLowerCase()}`);

function idsOf(plan: WorkPlan): Json {
  const doi = doiUrl(plan);
  const pmid = plan.pmid === null ? null : `https://pubmed.ncbi.nlm.nih.gov/${plan.pmid}`;
  const all = { openalex: openalex(plan.id), doi, pmid };
  return Object.fromEntries(Object.entries(all).filter(([, id]) => id !== null));
}

function locationOf(plan: WorkPlan): Json {
  const doi = doiUrl(plan);
  const shape = { is_oa: false, pdf_url: null, license: null, version: 'publishedVersion', is_accepted: true, is_published: true };
  return {
    id: doi ?? openalex(plan.id),
    landing_page_url: doi,
    source: plan.source,
    raw_type: plan.rawType ?? 'journal-article',
    ...shape,
  };
}

/** Works change on a few days of a month; where a record lies in the snapshot follows from it. */
const updatedOf = (id: string) => `2026-03-${two(1 + (Number(id.slice(1, -1)) % 4) * 7)}T00:00:00`;

/** Renders a work as the API does; links are added later. */
export function workRow(plan: WorkPlan): Row {
  const location = locationOf(plan);
  const topics = topicsOf(plan.topic);
  return {
    id: openalex(plan.id),
    doi: doiUrl(plan),
    title: plan.title,
    display_name: plan.title,
    publication_year: plan.year,
    publication_date: `${plan.year}-${two(plan.month)}-${two(plan.day)}`,
    ids: idsOf(plan),
    primary_location: location,
    locations: [location],
    indexed_in: ['crossref', ...(plan.pmid === null ? [] : ['pubmed'])],
    authorships: plan.authors.map((author, index) => authorship(author, index, plan)),
    cited_by_count: 0,
    counts_by_year: [],
    is_retracted: plan.retracted ?? false,
    primary_topic: topics[0] ?? null,
    topics,
    concepts: plan.concepts,
    keywords: [],
    referenced_works_count: 0,
    referenced_works: [],
    related_works: [],
    abstract_inverted_index: plan.abstract === null ? null : invertedIndex(plan.abstract),
    updated_date: updatedOf(plan.id),
    ...constants,
  };
}

/** Plain text of an article: what a reader of its XML sees. */
export const plainTitle = ({ text }: Pick<Article, 'text'>) => plain(text.title);
export const plainAbstract = ({ text }: Pick<Article, 'text'>) => text.parts.map(({ markup }) => plain(markup)).join(' ');

export interface ArticleWork {
  id: string;
  source: Json;
  keepAbstract: boolean;
  /** Titles at OpenAlex may hold the tags of the record. */
  markupTitle: boolean;
}

/** The work of a PubMed article. */
export function articleWork(article: Article, { id, source, keepAbstract, markupTitle }: ArticleWork): Row {
  const abstract = plainAbstract(article);
  return workRow({
    id,
    doi: article.doi,
    pmid: article.link === 'pmid' ? article.pmid : null,
    title: markupTitle && !article.text.title.includes('&') ? article.text.title : plainTitle(article),
    year: article.openalexYear,
    month: article.month,
    day: article.day,
    authors: article.authors,
    source,
    concepts: article.concepts,
    topic: article.topic,
    abstract: keepAbstract && abstract !== '' ? abstract : null,
    retracted: article.retracted,
  });
}
