// Keywords over plain text: CPU beside one expression of V8 with all keywords as alternatives, on the same synthetic abstracts.
//   npm run build && node bench/keywords.mjs
// First the gate: automaton, string matcher and expression agree on which texts have a keyword. Then rounds in turn.
import { createRequire } from 'node:module';
import os from 'node:os';
import { cpuOf, middle, ratio, rounds } from './pubmed/rounds.mjs';
import { randomFrom } from './pubmed/random.mjs';
import { study } from './pubmed/study.mjs';
import { writtenKeyword } from './pubmed/keywords.mjs';
import { anyWord } from './pubmed/words.mjs';

const require = createRequire(import.meta.url);
const { ArticleMatcher } = require('../dist/clients/pubmed/scan/article-matcher.js');
const { compileKeywords } = require('../dist/methods/keywords/index.js');
const { entryOf } = require('../dist/methods/keywords/alternatives.js');

const [TEXTS, WORDS, MATCHING, ROUNDS] = [20_000, 170, 0.015, 7];
const stream = randomFrom(3);
const texts = Array.from({ length: TEXTS }, () => {
  const words = Array.from({ length: WORDS }, () => anyWord(stream));
  // Plain text has no markup, and a line break parts it.
  const written = stream.chance(MATCHING) ? writtenKeyword(stream) : '';
  if (!/[<&\n]/.test(written)) words[stream.below(WORDS)] = written;
  return words.join(' ');
});
const wrapped = texts.map((text) => `<PubmedArticle><ArticleTitle>${text}</ArticleTitle><Language></PubmedArticle>`);
const bytes = Buffer.from(wrapped.join(''));
const held = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
let end = 0;
const members = wrapped.map((text) => ({ kind: 'article', awkward: false, start: end, end: (end += Buffer.byteLength(text)) }));

const keywords = compileKeywords(study.keywords, study);
const articles = new ArticleMatcher(keywords.bytes());
const phrases = study.keywords.flatMap((keyword) =>
  entryOf(keyword, study).any.map(({ phrase }) => phrase.replaceAll(' ', '[\\s\\u00a0\\u2010-\\u2015-]+')),
);
const expression = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})s?(?![\\p{L}\\p{N}])`, 'iu');

const found = {
  bytes: articles.match(held, members),
  strings: texts.map((text) => keywords.match([text]).length > 0),
  expression: texts.map((text) => expression.test(text.normalize('NFKD').replace(/\p{M}/gu, ''))),
};
const differ = texts.filter((_, at) => found.bytes[at] !== found.strings[at] || found.strings[at] !== found.expression[at]);
if (differ.length > 0) throw new Error(`Expected the same of all three, got ${differ.length} texts on which they differ: ${differ[0]}`);

const times = await rounds(
  {
    bytes: () => cpuOf(() => void articles.match(held, members)),
    strings: () => cpuOf(() => void texts.map((text) => keywords.match([text]).length)),
    expression: () => cpuOf(() => void texts.map((text) => expression.test(text))),
  },
  ROUNDS,
);
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
const speed = (name) => `${Math.round((megabytes / middle(times[name])) * 1000)} MB/s`;
const matching = found.bytes.filter(Boolean).length;
console.log(
  `Setting: ${TEXTS} texts, ${megabytes.toFixed(0)} MB, ${matching} with a keyword; ${ROUNDS} rounds in turn, CPU, median (range); ${os.cpus()[0]?.model}, load ${os.loadavg()[0].toFixed(1)}, Node ${process.versions.node}`,
);
console.log(
  `in bytes, whether any: ${speed('bytes')}   target ≥ 400; the expression takes ${ratio(times.expression, times.bytes)} as long`,
);
console.log(
  `in strings, which and where: ${speed('strings')}; the expression, whether any, takes ${ratio(times.expression, times.strings)} as long`,
);
