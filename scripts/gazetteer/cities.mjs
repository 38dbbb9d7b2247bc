import { folded } from './hand-tables.mjs';
import { generic } from './institutions.mjs';

const LEAST = 15_000;
/** How many times more people than any town of that name elsewhere: then the name alone says where it is. */
const LARGER = 20;
/** Names that stand in affiliations as ordinary words, beside those that institutions' names share. */
const words = new Set(
  `academia alliance bar bath best church data date effective forest garden grant green hall hope man march max media mobile most natural
  orange ordinary point progress rapid sale santa sea section split standard star station wellington wise young`.split(/\s+/u),
);

/** Cities of at least 15,000 people whose name stands for one country. `cities`: GeoNames places of at least 1,000 people. */
export function citiesOf(cities, known) {
  const largest = new Map();
  for (const { name, country, population } of cities) {
    const places = largest.get(folded(name)) ?? new Map();
    places.set(country, { name, population: Math.max(population, places.get(country)?.population ?? 0) });
    largest.set(folded(name), places);
  }
  return [...largest].flatMap(([name, places]) =>
    known.has(name) || words.has(name) || generic.has(name) || name.length < 4 ? [] : soleOf(places),
  );
}

function soleOf(places) {
  const [first, second] = [...places].sort(([, a], [, b]) => b.population - a.population);
  const [iso2, { name, population }] = first;
  const alone = second === undefined || population >= LARGER * second[1].population;
  return population >= LEAST && alone ? [{ iso2, name }] : [];
}
