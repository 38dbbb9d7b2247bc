import { folded } from './hand-tables.mjs';
import { generic } from './institutions.mjs';

const LEAST = 15_000;
/** How many times more people than any town of that name elsewhere: then the name alone says where it is. */
const LARGER = 20;
/** Names that stand in affiliations as ordinary words, first names or surnames, beside those that institutions' names share. */
const words = new Set(
  `academia academy alliance american apple bar bath best bridge business carter catholic center central christian church clark college
  community cross data date david department design development diamond duke east economic edison education effective engineering european
  fisher forest foundation franklin garden general global graduate grant green hall health helena higher hill hope hospital hunter
  independence industrial information institute international jackson john lake law liberty lincoln local man management march martin
  mary mason max media medical mobile monroe most national natural new obama orange ordinary park parker peace pearl point polytechnic
  prince professional progress public rapid regional research river rose royal sale santa school science sea section simon smith social
  south split spring standard star state station taylor technical technology thomas trinity turner university walker washington well
  wellington west wise wood world young`.split(/\s+/u),
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
