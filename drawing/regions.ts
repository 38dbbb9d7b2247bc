/** The six world regions of the paper (United Nations M49), with a colour, a dash and a marker each: nothing is told by colour alone. */
export interface Region {
  name: string;
  short: string;
  slug: string;
  dash: string;
  marker: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'wedge';
}

export const regions: readonly Region[] = [
  { name: 'Asia', short: 'Asia', slug: 'asia', dash: '', marker: 'circle' },
  { name: 'Europe', short: 'Europe', slug: 'europe', dash: '', marker: 'square' },
  { name: 'Northern America', short: 'Northern America', slug: 'northern', dash: '', marker: 'triangle' },
  { name: 'Latin America and the Caribbean', short: 'Latin America', slug: 'latin', dash: '7 3', marker: 'diamond' },
  { name: 'Oceania', short: 'Oceania', slug: 'oceania', dash: '3 3', marker: 'wedge' },
  { name: 'Africa', short: 'Africa', slug: 'africa', dash: '9 3 2 3', marker: 'cross' },
];

const unknown: Region = { name: 'No region', short: 'No region', slug: 'none', dash: '1 3', marker: 'circle' };

/** The region of that name ("Latin America" is accepted too); a name outside the six, or null, is shown as "No region", never dropped. */
export function regionOf(name: string | null): Region {
  return regions.find((region) => region.name === name || region.short === name) ?? unknown;
}

/** Position in the fixed order of the page; places without a region come last. */
export function regionOrder(name: string | null): number {
  const index = regions.indexOf(regionOf(name));
  return index < 0 ? regions.length : index;
}
