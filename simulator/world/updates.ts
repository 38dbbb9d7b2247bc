import type { Article } from './articles';
import { aiShare, reissued } from './plan';
import type { Random } from './random';
import type { Scale } from './scale';
import { keywordText, plainText, type Text } from './text';
import { articleXml } from './xml';
import { bookXml } from './xml-affixes';

/** What changed between baseline and updates; the later file wins. */
export interface Revisions {
  deleted: number[];
  /** Named in DeleteCitation although no such record was ever issued. */
  deletedUnknown: number[];
  superseded: { pmid: number; effect: 'title-changed' | 'keyword-gained' | 'keyword-lost'; updates: number }[];
  /** Records with PMID versions 1 and 2 in the same file. */
  versions: number[];
  books: number[];
}

export interface BulkPlan {
  /** Records of each file, as XML, in order. */
  baseline: string[][];
  updates: string[][];
  /** What the E-utilities serve: the last state of every record that is not deleted. */
  current: { pmid: number; xml: string }[];
  revisions: Revisions;
}

/** Cuts the articles into files, and issues some of them again with another text. Call it before nothing else changes them. */
export function planBulk(random: Random, articles: Article[], { baselineFiles, updateFiles, recordsPerFile }: Scale): BulkPlan {
  const old = articles.slice(0, baselineFiles * recordsPerFile);
  const recent = articles.slice(old.length);
  const revisions: Revisions = { deleted: [], deletedUnknown: [79_999_999], superseded: [], versions: [], books: [] };
  const first = firstTexts(random, old, Math.floor(recordsPerFile * reissued) * updateFiles, revisions);
  const issue = (article: Article) => issued(article, first, revisions);
  const baseline = Array.from({ length: baselineFiles }, (_, file) =>
    old.slice(file * recordsPerFile, (file + 1) * recordsPerFile).flatMap(issue),
  );
  const updates = Array.from({ length: updateFiles }, (_, file) => updateFile({ file, updateFiles, recent, revisions, articles: old }));
  const current = articles
    .filter(({ pmid }) => !revisions.deleted.includes(pmid))
    .map((article) => ({ pmid: article.pmid, xml: articleXml(article, revisions.versions.includes(article.pmid) ? 2 : 1) }));
  return { baseline, updates: withBooks(updates, current, revisions), current, revisions };
}

/** Chooses which records change, and writes the text they had at first. */
function firstTexts(random: Random, old: Article[], count: number, revisions: Revisions): Map<number, Text> {
  const chosen = random.shuffled(
    old.filter((article) => article.decoy === null && article.features.size === 0 && article.year >= 2000 && article.year < 2023),
  );
  const ai = chosen.filter((article) => article.ai);
  revisions.deleted = ai.splice(0, 3).map(({ pmid }) => pmid);
  revisions.versions = ai.splice(0, 2).map(({ pmid }) => pmid);
  const first = new Map<number, Text>();
  const gained = ai.splice(0, Math.ceil(count * 0.05));
  const lost = chosen.filter((article) => !article.ai).slice(0, Math.ceil(count * 0.05));
  const titled = [...ai.slice(0, Math.ceil(count * aiShare)), ...chosen.filter((article) => !article.ai).slice(lost.length, count)].slice(
    0,
    count - gained.length - lost.length,
  );
  const note = (article: Article, effect: Revisions['superseded'][number]['effect'], text: Text) => {
    first.set(article.pmid, text);
    revisions.superseded.push({ pmid: article.pmid, effect, updates: 1 });
  };
  for (const article of gained) note(article, 'keyword-gained', plainText(random, false));
  for (const article of lost) note(article, 'keyword-lost', keywordText(random, { clinical: false }));
  for (const article of titled) note(article, 'title-changed', { ...article.text, title: `Preliminary: ${article.text.title}` });
  return first;
}

function issued(article: Article, first: Map<number, Text>, { versions }: Revisions): string[] {
  const text = first.get(article.pmid) ?? article.text;
  if (!versions.includes(article.pmid)) return [articleXml({ ...article, text })];
  return [articleXml({ ...article, text: { ...text, title: `Version one: ${text.title}` } }), articleXml(article, 2)];
}

interface UpdateFile {
  file: number;
  updateFiles: number;
  recent: Article[];
  articles: Article[];
  revisions: Revisions;
}

/** New records, then records issued again; the first five of update 1 come again in update 2. */
function updateFile({ file, updateFiles, recent, articles, revisions }: UpdateFile): string[] {
  const size = Math.ceil(recent.length / updateFiles);
  const share = Math.ceil(revisions.superseded.length / updateFiles);
  const byPmid = new Map(articles.map((article) => [article.pmid, article]));
  const own = revisions.superseded.slice(file * share, (file + 1) * share);
  const again = file === 1 ? revisions.superseded.slice(0, 5) : [];
  for (const one of again) one.updates = 2;
  const xml = (pmid: number, interim: boolean) => {
    const article = byPmid.get(pmid);
    if (!article) return [];
    return [articleXml(interim ? { ...article, text: { ...article.text, title: `Interim: ${article.text.title}` } } : article)];
  };
  const twice = new Set(updateFiles > 1 && file === 0 ? revisions.superseded.slice(0, 5).map(({ pmid }) => pmid) : []);
  return [
    ...recent.slice(file * size, (file + 1) * size).map((article) => articleXml(article)),
    ...own.flatMap(({ pmid }) => xml(pmid, twice.has(pmid))),
    ...again.flatMap(({ pmid }) => xml(pmid, false)),
  ];
}

const books = [99_000_001, 99_000_002, 99_000_003];

/** Books are found by searches; one is in an update file too. */
function withBooks(updates: string[][], current: BulkPlan['current'], revisions: Revisions): string[][] {
  revisions.books = books;
  const xml = books.map((pmid, index) => ({ pmid, xml: bookXml(pmid, `Synthetic handbook of machine learning, volume ${index + 1}`) }));
  current.push(...xml);
  return updates.map((records, file) => (file === 0 ? [...records, ...xml.slice(0, 1).map((one) => one.xml)] : records));
}
