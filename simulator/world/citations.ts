import { plain } from '../markup';
import type { Row } from '../holdings';
import { conceptsOf, topicFor } from './concepts';
import { countries, weightIn } from './countries';
import { journals } from './journals';
import { makeAuthor } from './people';
import { expectation, exposure, planted, type Effects } from './planted';
import type { Random } from './random';
import { plainText } from './text';
import { journalSource, workRow } from './works';

/** A work that can be cited: what its expected count depends on. */
export interface Focal {
  workId: string;
  year: number;
  effects: Effects;
}

/** A work of the world that may cite others, besides those made for it. */
export interface Host {
  row: Row;
  workId: string;
  year: number;
  /** By the broad therapy filter on its text. */
  clinical: boolean;
}

export interface Link {
  cited: string;
  citing: string;
  clinical: boolean;
}

export interface Citations {
  rows: Row[];
  links: Link[];
}

interface Slot {
  cited: Focal;
  year: number;
  clinical: boolean;
}

const lastCitingYear = 2025;
const reviewSize = 150;

/** Draws every link, makes the citing works, and lets a few works of the world cite too. */
export function makeCitations(random: Random, focals: Focal[], { hosts, base }: { hosts: Host[]; base: number }): Citations {
  const result: Citations = { rows: [], links: [] };
  const free = byKind(hosts);
  let number = 0;
  const fresh = (plan: { year: number; clinical: boolean }) => citingWork(random, { ...plan, number: (number += 1) });
  for (const group of groups(
    random,
    focals.flatMap((focal) => slots(random, focal, base)),
  )) {
    const [first] = group;
    if (!first) continue;
    const host = random.chance(0.12) ? takeHost(free.get(kindOf(first)), group) : undefined;
    const citing = host ?? fresh(first);
    if (!host) result.rows.push(citing.row);
    cite(
      result,
      citing,
      group.map(({ cited }) => cited),
    );
  }
  const review = fresh({ year: lastCitingYear, clinical: false });
  result.rows.push(review.row);
  cite(result, review, random.shuffled(focals.filter(({ year }) => year < lastCitingYear)).slice(0, reviewSize));
  return result;
}

interface Kind {
  year: number;
  clinical: boolean;
}

const kindOf = ({ year, clinical }: Kind) => `${year}/${clinical}`;

function byKind<T extends Kind>(items: T[]): Map<string, T[]> {
  const kinds = new Map<string, T[]>();
  for (const item of items) {
    const list = kinds.get(kindOf(item));
    if (list) list.push(item);
    else kinds.set(kindOf(item), [item]);
  }
  return kinds;
}

function slots(random: Random, cited: Focal, base: number): Slot[] {
  const { mean, clinicalShare } = expectation(cited.effects);
  const count = random.poisson(base * mean * exposure(cited.year) * random.gamma(planted.shape));
  return Array.from({ length: count }, () => ({
    cited,
    year: Math.min(lastCitingYear, cited.year + Math.floor(-Math.log(1 - random.next()) * 4)),
    clinical: random.chance(clinicalShare),
  }));
}

/** Slots of one year and kind become works that cite one to three different works. */
function groups(random: Random, all: Slot[]): Slot[][] {
  return [...byKind(random.shuffled(all)).values()].flatMap((list) => bundled(random, list));
}

function bundled(random: Random, list: Slot[]): Slot[][] {
  const bundles: Slot[][] = [];
  let open: Slot[] = [];
  let size = 1;
  for (const slot of list) {
    if (open.length >= size || open.some(({ cited }) => cited === slot.cited)) {
      bundles.push(open);
      open = [];
      size = random.weighted([1, 2, 3], (n) => [0, 6, 3, 1][n] ?? 0);
    }
    open.push(slot);
  }
  return open.length > 0 ? [...bundles, open] : bundles;
}

/** A work of the world is used once, and never to cite itself. */
function takeHost(list: Host[] | undefined, group: Slot[]): Host | undefined {
  const index = list?.findIndex(({ workId }) => group.every(({ cited }) => cited.workId !== workId)) ?? -1;
  return index < 0 ? undefined : list?.splice(index, 1)[0];
}

function cite({ links }: Citations, citing: Host, cited: Focal[]): void {
  const references = Array.isArray(citing.row['referenced_works']) ? citing.row['referenced_works'] : [];
  references.push(...cited.map(({ workId }) => `https://openalex.org/${workId}`));
  citing.row['referenced_works_count'] = references.length;
  links.push(...cited.map(({ workId }) => ({ cited: workId, citing: citing.workId, clinical: citing.clinical })));
}

function citingWork(random: Random, { year, clinical, number }: { year: number; clinical: boolean; number: number }): Host {
  const country = random.weighted(countries, (one) => weightIn(one, year));
  const text = plainText(random, clinical);
  const topic = topicFor(random, country.region);
  const workId = `W${9_200_000_000 + number * 10}`;
  const keep = clinical || random.chance(0.75);
  const row = workRow({
    id: workId,
    doi: `10.5555/syncite.${year}.${number}`,
    pmid: null,
    title: plain(text.title),
    year,
    month: random.int(1, 12),
    day: random.int(1, 28),
    authors: Array.from({ length: random.int(1, 4) }, () => makeAuthor(random, { country: country.code, year, printed: false })),
    source: journalSource(random.pick(journals)),
    concepts: conceptsOf(random, { topic, ai: false, parents: random.chance(0.8) ? 'scored' : 'zero' }),
    topic,
    abstract: keep ? text.parts.map(({ markup }) => plain(markup)).join(' ') : null,
  });
  // Outside the world: a reference to a work that is gone.
  if (random.chance(0.2)) row['referenced_works'] = [`https://openalex.org/W${8_000_000_000 + number}`];
  return { row, workId, year, clinical };
}

/** Sets `cited_by_count` from the links; like the real one it is larger than what `cites:` finds, in one work of five. */
export function countCitations(random: Random, rows: Row[], links: Link[]): void {
  const counts = new Map<string, number>();
  for (const { cited } of links) counts.set(cited, (counts.get(cited) ?? 0) + 1);
  for (const row of rows)
    row['cited_by_count'] = (counts.get(row.id.replace('https://openalex.org/', '')) ?? 0) + (random.chance(0.2) ? random.int(1, 3) : 0);
}
