import path from 'node:path';
import type { StudyFile } from '../schema/file';
import { studySchema, type Study } from '../study';
import { readConcepts, readCoreAliases, readCountries, readPublishedClaims, readPublishedNumbers } from '../tables';
import { readLines } from '../vocabularies';
import { compare, refFiles, type Places } from './file-refs';
import { resolvePubmed, resolveRank, resolveWorld } from './files';
import { resolveKeywords } from './keywords';
import type { KnownDigests } from './known-digests';
import type { Notes } from './notes';

/** What the country reader knows of names. */
const GAZETTEER = ['country-names.csv', 'subdivisions.csv', 'research-cities.csv', 'place-phrases.csv', 'cities.csv', 'institutions.csv'];

interface Context {
  root: string;
  notes: Notes;
  places: Places;
  known: KnownDigests;
}

/** The merged file with its vocabularies and tables inlined and its files by digest. What is wrong goes into the notes. */
export async function resolveStudy(file: StudyFile, { root, notes, places, known }: Context): Promise<Study> {
  const tables = path.join(root, 'config', 'tables');
  const concepts = readConcepts(path.join(tables, 'openalex-concepts-l0-l1.csv'));
  checkConcepts(file, { known: new Set(concepts.map(({ id }) => id)), notes });
  if (!file.pubmed.on && !file.conferences.on) {
    notes.wrong(['conferences', 'on'], { rule: 'to be true when pubmed.on is false', got: 'false', next: 'Turn one corpus on.' });
  }
  return studySchema.parse({
    ...withoutBase(file),
    pubmed: await resolvePubmed(file.pubmed, { places, notes, known }),
    world: await resolveWorld(file.world, { places, notes, known }),
    rank: {
      ...(await resolveRank(file.rank, { places, notes, known })),
      coreAliases: readCoreAliases(path.join(tables, 'core-aliases.csv')),
    },
    keywords: resolveKeywords(file.keywords, { root, notes }),
    lifeScience: { ...file.lifeScience, concepts: sorted(file.lifeScience.concepts), topics: sorted(file.lifeScience.topics) },
    lead: {
      ...file.lead,
      gazetteer: await refFiles(
        GAZETTEER.map((name) => path.join(tables, name)),
        places,
        known,
      ),
    },
    regions: { ...file.regions, countries: readCountries(path.join(tables, 'un-m49-countries.csv')) },
    topic: { ...file.topic, excluded: sorted(file.topic.excluded), concepts },
    clinical: resolveClinical(file.clinical, notes),
    published: resolvePublished(file.published, notes),
  } satisfies Study);
}

/** What a study extends is part of it by now. */
function withoutBase(file: StudyFile): Omit<StudyFile, 'extends'> {
  const rest = { ...file };
  delete rest.extends;
  return rest;
}

/** Sets are sorted, so that the order in which they were written moves no key. */
function sorted(set: readonly string[]): string[] {
  return [...set].sort(compare);
}

function checkConcepts({ topic, lifeScience }: StudyFile, { known, notes }: { known: ReadonlySet<string>; notes: Notes }): void {
  const lists = [
    { path: ['topic', 'excluded'], ids: topic.excluded },
    { path: ['lifeScience', 'concepts'], ids: lifeScience.concepts },
  ];
  for (const { path: at, ids } of lists) {
    for (const [index, id] of ids.entries()) {
      if (known.has(id)) continue;
      const next = 'Take an id from config/tables/openalex-concepts-l0-l1.csv.';
      notes.wrong([...at, index], { rule: 'to be an OpenAlex concept of level 0 or 1', got: id, next });
    }
  }
}

function resolveClinical({ filter, ...rest }: StudyFile['clinical'], notes: Notes): Study['clinical'] {
  if (filter === 'broad' || filter === 'narrow' || filter === 'balanced') return { ...rest, filter, entries: [] };
  const entries = notes.attempt(['clinical', 'filter'], { read: () => readLines(filter), otherwise: [] });
  for (const line of entries.filter((one) => !one.split(/\s+/).every((word) => /[\p{L}\p{N}]/u.test(word)))) {
    const next = 'Write words alone; a line holds if all of them are in the text.';
    notes.wrong(['clinical', 'filter'], {
      rule: 'to name a file of words, an asterisk at most at the end of one',
      got: `the line ${line}`,
      next,
    });
  }
  return { ...rest, filter: 'file', entries };
}

function resolvePublished({ numbers, claims }: StudyFile['published'], notes: Notes): Study['published'] {
  const read = <Row>(key: 'numbers' | 'claims', file: string | null, reader: (file: string) => Row[]) =>
    file === null ? [] : notes.attempt(['published', key], { read: () => reader(file), otherwise: [] });
  return { numbers: read('numbers', numbers, readPublishedNumbers), claims: read('claims', claims, readPublishedClaims) };
}
