/** Keywords of the study's list as articles have them, the head heavy, and how they are written (shares in parts of 100). */
const listed = [
  'neural network',
  'neural network',
  'machine learning',
  'machine learning',
  'robot',
  'cluster analysis',
  'deep learning',
  'deep learning',
  'artificial intelligence',
  'random forest',
  'convolutional neural network',
  'support vector machine',
  'feature selection',
  'decision tree',
  'genetic algorithm',
  'fuzzy logic',
  'image segmentation',
  'natural language processing',
  'data mining',
  'hidden markov model',
];
const gaps = (filler) => (text) => text.replaceAll(' ', filler);
const variants = [
  [54, (text) => text],
  [10, gaps('-')],
  [10, (text) => (/(network|robot|forest|machine|tree|algorithm|model)$/.test(text) ? `${text}s` : text)],
  [9, (text) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
  [2.5, (text) => text.toUpperCase()],
  [2.5, gaps('\u2010')],
  [2.5, gaps('\u2013')],
  [2.5, gaps('\u00a0')],
  [2.5, gaps('  ')],
  [2.5, (text) => `${text.slice(0, 3)}<i>${text.slice(3)}</i>`],
  [
    1,
    (text) =>
      text
        .split(' ')
        .map((word) => `<b>${word}</b>`)
        .join(' '),
  ],
  [1, (text) => `&#x${text.charCodeAt(0).toString(16)};${text.slice(1)}`],
  [1, gaps('\n        ')],
  [1, (text) => text.replace('e', 'é')],
];
/** What must not match: words of a keyword apart, or within longer words. */
const nearMisses = [
  'neural and cortical network',
  'microrobot',
  'networked neurally',
  'machine-made learning',
  'intelligence, artificial',
  'deep, slow learning',
  'robotically',
];
const total = variants.reduce((sum, [share]) => sum + share, 0);

export function writtenKeyword(stream) {
  const text = stream.pick(listed);
  let rest = stream.next() * total;
  const [, write] = variants.find(([share]) => (rest -= share) < 0) ?? variants[0];
  return write(text);
}

export const nearMiss = (stream) => stream.pick(nearMisses);
/** A keyword where none counts: addresses, subjects, references. */
export const decoy = (stream) =>
  stream.pick(['Department of Artificial Intelligence', 'Institute for Machine Learning', 'Robot Laboratory']);
