import { parentStates } from './territories';

/** The six world regions of the paper: UN M49, with the Americas in two. */
export type Region = 'Africa' | 'Asia' | 'Europe' | 'Latin America' | 'Northern America' | 'Oceania';

/** A row of `un-m49-countries.csv`. */
export interface RegionRow {
  iso2: string;
  region: string | null;
}

/** `regions.politics`: whether Hong Kong, Macao, Taiwan, Kosovo and territories stand on their own or with the parent state. */
export type Politics = 'separate' | 'merged';

const regions: Readonly<Record<string, Region>> = {
  Africa: 'Africa',
  Asia: 'Asia',
  Europe: 'Europe',
  'Latin America and the Caribbean': 'Latin America',
  'Northern America': 'Northern America',
  Oceania: 'Oceania',
};

/** The area under which a country is counted: itself, or under `merged` its parent state. */
export function areaOf(iso2: string, politics: Politics): string {
  return politics === 'merged' ? (parentStates[iso2] ?? iso2) : iso2;
}

/** The world region of a country; null for Antarctica and for codes that the table does not hold. */
export function regionOf(iso2: string, table: readonly RegionRow[], politics: Politics): Region | null {
  const area = areaOf(iso2, politics);
  const region = table.find((row) => row.iso2 === area)?.region ?? '';
  return regions[region] ?? null;
}
