import type { Row } from '../holdings';
import type { Article } from './articles';
import { conferences, sourceOf } from './conferences';
import type { Random } from './random';
import { articleWork, journalSource, sourceJson } from './works';

const workNumber = 9_000_000_000;

/** Works of the PubMed articles, and what is peculiar about them. */
export interface ArticleWorks {
  rows: Map<Article, Row>;
  /** Second works that bear the PMID of an article. */
  doubles: Row[];
  /** Old work id → the id it was merged into. */
  merged: Map<string, string>;
}

/** Gives articles their OpenAlex works: 5 % have none, some are found by DOI only, some twice, a few are in conference sources. */
export function linkWorks(random: Random, articles: Article[]): ArticleWorks {
  const works: ArticleWorks = { rows: new Map(), doubles: [], merged: new Map() };
  for (const article of articles) {
    article.link = linkOf(random, article);
    if (article.link === 'none') continue;
    article.workId = `W${workNumber + article.number * 10}`;
    const source = sourceFor(random, article);
    // What counts as a conference work is judged by OpenAlex's own text, so that text must be whole.
    const whole = article.features.has('in-conference');
    const keepAbstract = random.chance(0.8) || whole;
    const markupTitle = random.chance(0.3) && !whole;
    const row = articleWork(article, { id: article.workId, source, keepAbstract, markupTitle });
    works.rows.set(article, row);
    if (article.features.has('two-works')) works.doubles.push(double(article));
    if (random.chance(0.002)) works.merged.set(`W${workNumber + article.number * 10 + 5}`, article.workId);
  }
  return works;
}

function linkOf(random: Random, { ai, decoy, doi, features }: Article): Article['link'] {
  if (features.has('two-works')) return 'pmid';
  if (!ai && decoy === null && random.chance(0.5)) return 'none';
  if (random.chance(0.05)) return 'none';
  return doi !== null && random.chance(0.05) ? 'doi' : 'pmid';
}

/** A preprint that took over the PMID: another DOI, not indexed in PubMed, never cited. */
function double(article: Article): Row {
  const id = `W${workNumber + article.number * 10 + 1}`;
  const row = articleWork(
    { ...article, doi: `10.5555/preprint.${article.number}` },
    { id, source: null, keepAbstract: false, markupTitle: false },
  );
  return { ...row, indexed_in: ['crossref'], type: 'preprint' };
}

function sourceFor(random: Random, article: Article): ReturnType<typeof journalSource> {
  if (article.ai && random.chance(0.006)) {
    article.features.add('in-conference');
    const { id, name } = sourceOf(random.pick(conferences.slice(3, 8)), article.openalexYear, 0);
    return sourceJson({ id, name, type: 'conference', issn: [] });
  }
  if (!random.chance(0.02)) return journalSource(article.journal);
  article.features.add('null-source');
  return null;
}
