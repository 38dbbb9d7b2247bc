import { valueOf, type Counts, type Measure } from '../measures';
import { count, percent, said } from '../numbers';
import { capital, inSentence } from '../place-names';
import { largestFirst } from '../sums';

type Place = Counts & { name: string };

/** What the map shows, as a sentence. Shares compare only places with at least `minimum` articles; null compares all. */
export function mapFinding(measure: Measure, places: readonly Place[], minimum: number | null): string {
  const solid = places.filter((place) => place.articles >= Math.max(minimum ?? 1, 1));
  if (solid.length === 0)
    return minimum === null || places.every((place) => place.articles === 0) ? 'No articles' : `No country has ${count(minimum)} articles`;
  const [first, second] = largestFirst(
    solid,
    (place) => valueOf(measure, place) ?? 0,
    (place) => place.name,
  );
  return measure.unit === 'count' ? countFinding(places, first!, second) : shareFinding(measure, first!, minimum);
}

function countFinding(places: readonly Place[], first: Place, second: Place | undefined): string {
  const all = places.reduce((sum, place) => sum + place.articles, 0);
  if (!second) return `All ${count(all)} articles come from ${inSentence(first.name)}`;
  const names = `${capital(inSentence(first.name))} and ${inSentence(second.name)}`;
  return `${names} published most: ${count(first.articles + second.articles)} of ${count(all)} articles, ${percent((first.articles + second.articles) / all)}`;
}

function shareFinding(measure: Measure, first: Place, minimum: number | null): string {
  const value = said(valueOf(measure, first) ?? 0, measure.unit);
  const among = minimum === null ? '' : ` among countries with at least ${count(minimum)} articles`;
  const what = {
    articles: '',
    'high-ranked': 'share of high-ranked articles',
    clinical: 'share of clinical articles',
    international: 'share of international articles',
    citations: 'number of citations per article',
  };
  return `${capital(inSentence(first.name))} had the highest ${what[measure.id]}${among}: ${value}`;
}
