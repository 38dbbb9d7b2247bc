import type { Article } from './articles';
import { makeAuthor, partner, withoutAddress } from './people';
import type { Random } from './random';
import { bareKeywordText } from './text';

interface Feature {
  name: string;
  share: number;
  eligible: (article: Article) => boolean;
  apply?: (article: Article, random: Random) => void;
}

const any = () => true;
const mathml =
  ' We set <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>α</mml:mi><mml:mo>=</mml:mo><mml:mn>0.05</mml:mn></mml:math> throughout.';

const feature = (name: string, share: number, eligible: Feature['eligible'] = any, apply?: Feature['apply']): Feature => ({
  name,
  share,
  eligible,
  apply,
});

/** Peculiarities of real records, each with the share of records that has it; every one occurs at least once in an AI article. */
const features: Feature[] = [
  feature('medline-date', 0.03),
  feature('season', 0.01, ({ features: has }) => !has.has('medline-date')),
  feature('year-only', 0.02, ({ features: has }) => !has.has('medline-date') && !has.has('season')),
  feature('invalid-doi', 0.01, ({ doi }) => doi !== null),
  feature('doi-in-id-list', 0.03, ({ doi }) => doi !== null),
  feature('review', 0.05),
  feature('not-english', 0.01),
  feature('equal-contribution', 0.02, ({ authors }) => authors.length > 1),
  feature('other-abstract', 0.02, ({ decoy }) => decoy === null),
  feature(
    'no-addresses',
    0.035,
    ({ decoy }) => decoy === null,
    (article) => (article.authors = article.authors.map(withoutAddress)),
  ),
  feature('invalid-spelling', 0.008),
  feature('collective-last', 0.01),
  feature('article-affiliation', 0.02, ({ year, authors }) => year < 2014 && authors[0]?.affiliations.length === 1),
  feature(
    'math',
    0.012,
    ({ text }) => text.parts.length > 0,
    ({ text }) => (text.parts[0] ? (text.parts[0].markup += mathml) : null),
  ),
  feature(
    'no-abstract',
    0.12,
    ({ decoy, ai, features: has }) => decoy === null && !ai && !has.has('math'),
    ({ text }) => (text.parts = []),
  ),
  feature(
    'title-only',
    0.08,
    ({ ai, features: has }) => ai && !has.has('math'),
    (article, random) => (article.text = bareKeywordText(random)),
  ),
  feature(
    'no-authors',
    0.004,
    ({ features: has }) => !has.has('article-affiliation'),
    (article) => (article.authors = []),
  ),
  feature('two-works', 0.01, any),
];

const largeByline = 130;

/** Gives articles their peculiarities of form. */
export function addFeatures(random: Random, articles: Article[]): void {
  for (const one of features) {
    const eligible = articles.filter((article) => one.eligible(article));
    const chosen = new Set(eligible.filter(() => random.chance(one.share)));
    const needed = eligible.find((article) => article.ai && article.year >= 2000) ?? eligible[0];
    if (needed && ![...chosen].some((article) => article.ai)) chosen.add(needed);
    for (const article of chosen) give(article, one, random);
  }
  const large = articles.findLast(
    (article) =>
      article.ai && article.year >= 2014 && article.year <= 2022 && article.authors.length > 0 && !article.features.has('no-addresses'),
  );
  if (large) lengthen(large, random);
}

function give(article: Article, { name, apply }: Feature, random: Random): void {
  article.features.add(name);
  apply?.(article, random);
}

/** More authors than a list answer shows; its 100th author is from elsewhere, so that a cut byline gives another lead. */
function lengthen(article: Article, random: Random): void {
  const last = article.authors.at(-1);
  const elsewhere = partner(random, article.country.code, article.year).code;
  const front = Array.from({ length: largeByline - 1 }, (_, index) =>
    makeAuthor(random, { country: index === 99 ? elsewhere : article.country.code, year: article.year, printed: true }),
  );
  article.authors = last ? [...front, last] : front;
  article.international = true;
  article.features.add('over-100-authors');
}
