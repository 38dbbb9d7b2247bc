import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The keyword list of the study, in its own spelling. */
export const keywords = readFileSync(path.resolve(__dirname, '../../config/vocabularies/ai-keywords.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const words = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d]/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const american = (word: string) =>
  word.replace('isation', 'ization').replace('ising', 'izing').replace('modelling', 'modeling').replace('neighbour', 'neighbor');

const patterns = keywords.map((keyword) => {
  const alternatives = keyword.includes('(lstm)') ? ['long short term memory', 'lstm'] : [keyword];
  const forms = alternatives.flatMap((one) => [words(one), words(one).map(american)]).map((list) => list.join(' '));
  return { keyword, test: new RegExp(`(?:^| )(?:${forms.map((form) => `${form.replace(/s$/, '')}s?`).join('|')})(?: |$)`) };
});

/** A second, slow reading of text-rules: which keywords stand in one of the texts as whole words, plural s allowed. */
export function matched(texts: string[]): string[] {
  const folded = texts.map((text) => words(text).join(' '));
  return patterns.filter(({ test }) => folded.some((text) => test.test(text))).map(({ keyword }) => keyword);
}

const decode = (text: string) =>
  text
    .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Title and abstract parts of a raw PubmedArticle. */
export function textsOf(xml: string): string[] {
  const title = /<ArticleTitle>(.*?)<\/ArticleTitle>/s.exec(xml)?.[1] ?? '';
  const abstract = /<Abstract>(.*?)<\/Abstract>/s.exec(xml)?.[1] ?? '';
  const parts = [...abstract.matchAll(/<AbstractText[^>]*>(.*?)<\/AbstractText>/gs)].map((match) => match[1] ?? '');
  return [title, ...parts].map((text) => decode(text.replace(/<[^>]*>/g, '')));
}
