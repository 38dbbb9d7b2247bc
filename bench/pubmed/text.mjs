import { nearMiss, writtenKeyword } from './keywords.mjs';
import { anyWord, awkward, contentWord } from './words.mjs';

// Characters of real titles and abstracts, by quantile.
const titleLength = [
  [0.05, 32],
  [0.25, 67],
  [0.5, 94],
  [0.75, 118],
  [0.95, 168],
  [1, 211],
];
const abstractLength = [
  [0.05, 650],
  [0.25, 980],
  [0.5, 1340],
  [0.75, 1715],
  [0.95, 2300],
  [1, 2600],
];
/** 16 to 24 of 100 real records have none. */
const WITH_ABSTRACT = 0.76;
const SENTENCE = 160;
const labels = ['BACKGROUND', 'METHODS', 'RESULTS', 'CONCLUSIONS'];

/** Title, abstract and the article's own vocabulary, and whether a keyword stands in one of them. */
export function texts(stream) {
  const hit = stream.chance(0.015);
  const inTitle = hit && stream.chance(0.4);
  const text = { own: Array.from({ length: 12 }, () => contentWord(stream)), stream };
  const title = sentence(text, { length: stream.quantile(titleLength), planted: inTitle ? writtenKeyword(stream) : null });
  const hasAbstract = (hit && !inTitle) || stream.chance(WITH_ABSTRACT);
  return { text, hit, title, abstract: hasAbstract ? [abstract(text, hit && !inTitle ? writtenKeyword(stream) : null)] : [] };
}

function abstract(text, planted) {
  const { stream } = text;
  const named = stream.chance(0.16) ? labels : [null];
  const length = stream.quantile(abstractLength) / named.length;
  const lucky = stream.below(named.length);
  const parts = named.map((label, index) => {
    const body = paragraph(text, { length, planted: index === lucky ? planted : null });
    return `          <AbstractText${label === null ? '' : ` Label="${label}" NlmCategory="${label}"`}>${body}</AbstractText>`;
  });
  if (stream.chance(0.3))
    parts.push('          <CopyrightInformation>Copyright © Society for Machine Learning and Data Mining.</CopyrightInformation>');
  return `        <Abstract>\n${parts.join('\n')}\n        </Abstract>`;
}

function paragraph(text, { length, planted }) {
  const count = Math.max(1, Math.round(length / SENTENCE));
  const chosen = text.stream.below(count);
  const sentences = Array.from({ length: count }, (_, at) =>
    sentence(text, { length: length / count, planted: at === chosen ? planted : null }),
  );
  return sentences.join(' ');
}

function sentence({ own, stream }, { length, planted }) {
  const words = [];
  for (let left = length; left > 0 || words.length < 3; left -= words.at(-1).length + 1)
    words.push(stream.chance(0.3) ? stream.pick(own) : stream.chance(0.02) ? stream.pick(awkward) : anyWord(stream));
  if (stream.chance(0.001)) words[stream.below(words.length)] = nearMiss(stream);
  if (planted !== null) words[stream.below(words.length)] = planted;
  const text = words.join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
