import { shareBreaks } from '../../../drawing/classes';
import { html } from '../../../drawing/markup';
import { count, percent, plural } from '../../../drawing/numbers';
import type { Country, PageData } from '../../../drawing/page-data';
import { regionOrder } from '../../../drawing/regions';
import { largestFirst, shareOf, sumBy } from '../../../drawing/sums';
import { topicHeatmap, type Heatmap } from '../../../drawing/topic-heatmap';
import { figureBlock } from './figure-block';
import { numberId, stepOf } from './number-ids';
import type { Part } from './part';
import type { Table } from './table';

/** The paper's Fig. 3 is 40 topics by 40 countries. */
const most = 40;

interface Chosen {
  topics: { concept: string; name: string; articles: number }[];
  countries: Country[];
  counts: ReadonlyMap<string, number>;
}

/** Topics by country as a heatmap: share of the country's articles. */
export function topicsPart(data: PageData): Part | null {
  if (data.topics.length === 0) return null;
  const chosen = choose(data);
  const map = heatmap(chosen);
  const shares = map.shares.flat().map((share) => share ?? 0);
  const block = figureBlock(data, {
    id: 'topics-by-country',
    title: finding(chosen),
    subtitle: `Share of each country’s articles by topic, %; ${plural(chosen.topics.length, 'topic')} in order of frequency, ${plural(chosen.countries.length, 'country', 'countries')} by region`,
    widths: [760],
    table: topicTable(chosen, map),
    draw: (options) => topicHeatmap(map, { ...options, breaks: shareBreaks(shares.reduce((a, b) => Math.max(a, b), 0)) }),
  });
  const markup = html`<section aria-labelledby="topics">
    <h2 id="topics">Topics</h2>
    ${block.markup}
  </section>`;
  return { id: 'topics', label: 'Topics', markup, files: block.files };
}

function choose(data: PageData): Chosen {
  const names = new Map(data.topics.map((row) => [row.concept, row.name]));
  const sums = sumBy(
    data.topics,
    (row) => row.concept,
    (row) => row.articles,
  );
  const topics = largestFirst(
    [...sums].map(([concept, articles]) => ({ concept, articles, name: names.get(concept) ?? concept })),
    (topic) => topic.articles,
    (topic) => topic.name,
  ).slice(0, most);
  const inTopics = new Set(data.topics.map((row) => row.country));
  const countries = largestFirst(
    data.countries.filter((country) => inTopics.has(country.iso2)),
    (country) => country.articles,
    (country) => country.iso2,
  ).slice(0, most);
  const grouped = countries
    .map((country, rank) => ({ country, rank }))
    .sort((a, b) => regionOrder(a.country.region) - regionOrder(b.country.region) || a.rank - b.rank);
  const counts = sumBy(
    data.topics,
    (row) => `${row.concept}|${row.country}`,
    (row) => row.articles,
  );
  return { topics, countries: grouped.map((entry) => entry.country), counts };
}

function heatmap({ topics, countries, counts }: Chosen): Heatmap {
  return {
    rows: topics,
    columns: countries.map((country) => ({ code: country.iso2, name: country.name, region: country.region })),
    shares: topics.map((topic) =>
      countries.map((country) => shareOf(counts.get(`${topic.concept}|${country.iso2}`) ?? 0, country.articles)),
    ),
    ask: (row, column) => cellId(topics[row]!.concept, countries[column]!.iso2),
  };
}

function cellId(topic: string, country: string): string {
  return numberId(stepOf.topics, { topic, country }, 'articles');
}

function topicTable({ topics, countries }: Chosen, map: Heatmap): Table {
  return {
    columns: [
      { key: 'topic', label: 'Topic', format: 'text' },
      ...countries.map((country) => ({ key: country.iso2, label: country.iso2, format: 'percent' as const })),
    ],
    rows: topics.map((topic, r) => [
      { value: topic.name },
      ...countries.map((country, c) => ({ value: map.shares[r]![c]!, ask: cellId(topic.concept, country.iso2) })),
    ]),
  };
}

function finding({ topics, countries, counts }: Chosen): string {
  const [first] = topics;
  const articles = countries.reduce((sum, country) => sum + country.articles, 0);
  const inTopic = countries.reduce((sum, country) => sum + (counts.get(`${first!.concept}|${country.iso2}`) ?? 0), 0);
  return `${first!.name} is the most frequent topic: ${percent(inTopic / articles)} of the ${count(articles)} articles of ${plural(countries.length, 'country', 'countries')}`;
}
