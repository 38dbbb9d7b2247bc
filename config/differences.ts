import { canonicalJson } from '../dag/canonical';
import type { Study } from './study';

export interface Difference {
  /** Dotted key of the study. */
  key: string;
  paper: string;
  here: string;
}

// Who the study is, or what follows from keys that are listed themselves.
const NOT_A_CHOICE = new Set([
  'name',
  'title',
  'keywords.entries',
  'keywords.uncertain',
  'keywords.marks',
  'lead.gazetteer',
  'rank.coreAliases',
]);
// Mappings that a user writes as one value.
const ONE_VALUE = new Set(['keywords.comparison', 'world.from']);
const MOST_SHOWN = 5;

/** What a study does otherwise than the paper's, in the order of the paper's keys. */
export function differencesFrom(paper: Study, study: Study): Difference[] {
  const here = new Map(leaves(study));
  const there = new Map(leaves(paper));
  return [...new Set([...there.keys(), ...here.keys()])]
    .filter((key) => !NOT_A_CHOICE.has(key) && text(there.get(key)) !== text(here.get(key)))
    .map((key) => ({ key, paper: paperValue(key, there.get(key), paper), here: shown(here.get(key)) }));
}

/** The paper's own ranking is licensed: its file is seldom in place, but what it was is known. */
function paperValue(key: string, value: unknown, { rank }: Study): string {
  const known = shown(value);
  return key === 'rank.journalFiles' && known === 'none' ? `${rank.journals.toUpperCase()} ${rank.year}` : known;
}

/** Keys down to what a user writes as one value: lists and digested files are not taken apart. */
function leaves(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, child]: [string, unknown]): [string, unknown][] => {
    const key = `${prefix}${name}`;
    return isSection(child) && !ONE_VALUE.has(key) ? leaves(child, `${key}.`) : [[key, child]];
  });
}

function isSection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return canonicalJson(value ?? null);
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return list(value);
  if (typeof value !== 'object') return String(value);
  if ('list' in value) return String(value.list);
  return 'sha256' in value ? `folder ${String(value.sha256).slice(0, 8)}` : text(value);
}

function list(items: readonly unknown[]): string {
  if (items.length === 0) return 'none';
  if (items.length > MOST_SHOWN) return `${items.length} entries`;
  return items.map(entry).join(', ');
}

function entry(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  if ('name' in item) return String(item.name);
  return 'id' in item ? String(item.id) : text(item);
}
