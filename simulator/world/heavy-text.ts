import { Random } from './random';

const functionWords =
  'the of and in to a with for was were is that by on from as at this we are an be or which these study between patients results using after data not'.split(
    ' ',
  );
const roots =
  'cardi hepat neur ren pulm derm oste my gastr hemat cyt gen prote lip gluc enzym recept kin path tox imm vir bact onc angi arthr encephal nephr'.split(
    ' ',
  );
const starts = 'hyper hypo endo peri inter intra anti pro post pre sub trans micro macro poly'.split(' ');
const ends = 'itis osis emia ology ectomy opathy ation ity ase in ine oma al ic ar ation ive ous'.split(' ');
/** Words as abstracts have them, which readers trip over: braces, quotes, backslashes, entities, other scripts, what looks like JSON. */
const awkward = [
  '{p<0.05}',
  '"significant"',
  '\\alpha',
  'naïve',
  'Müller–Lyer',
  'β-catenin',
  '数据',
  'p]},"title":',
  '&lt;sup&gt;2&lt;/sup&gt;',
  'referenced_works',
  '"referenced_works',
  'neural',
  'network.',
  'co\u2010operation',
  'soft\u00adware',
  '"ids":{"pmid"',
];

/** A few thousand invented words beside the frequent ones; the first are the most frequent. */
export function vocabularyOf(seed: number): readonly string[] {
  const random = new Random(seed, 'heavy words');
  const invented = Array.from(
    { length: 4000 },
    () => `${random.chance(0.4) ? random.pick(starts) : ''}${random.pick(roots)}${random.pick(ends)}`,
  );
  return [...functionWords, ...new Set(invented)];
}

interface TextPlan {
  vocabulary: readonly string[];
  phrase: string | null;
}

/** Title and abstract with Zipf's frequencies, over a small vocabulary of the article's own; the phrase is in one of them. */
export function heavyText(random: Random, { vocabulary, phrase }: TextPlan): { title: string; abstract: string | null; words: string[] } {
  const words = Array.from({ length: 60 }, () => random.pick(vocabulary.slice(functionWords.length)));
  const title = sentence(random, words, random.int(6, 18));
  const abstract = random.chance(0.78)
    ? Array.from({ length: random.int(5, 12) }, () => sentence(random, words, random.int(10, 26)))
    : null;
  if (phrase !== null && (abstract === null || random.chance(0.4)))
    return { title: `${phrase} ${title}`, abstract: joined(abstract), words };
  if (phrase !== null) abstract!.splice(random.int(0, abstract!.length), 0, `A ${dressed(random, phrase)}, indeed.`);
  return { title, abstract: joined(abstract), words };
}

function joined(sentences: readonly string[] | null): string | null {
  return sentences === null ? null : sentences.join(' ');
}

/** As texts write a keyword: other case, hyphens, plural. */
function dressed(random: Random, phrase: string): string {
  const draw = random.next();
  if (draw < 0.6) return phrase;
  if (draw < 0.75) return phrase.replaceAll(' ', '-');
  return draw < 0.85 ? `${phrase}s` : phrase.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function sentence(random: Random, words: readonly string[], length: number): string {
  const parts = Array.from({ length }, () => wordOf(random, words));
  const text = parts.join(' ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Function words make up almost half of all tokens; the rank of a word falls off as Zipf has it. */
function wordOf(random: Random, words: readonly string[]): string {
  if (random.chance(0.45)) return functionWords[Math.floor(functionWords.length ** random.next()) - 1]!;
  if (random.chance(0.006)) return random.pick(awkward);
  const word = words[Math.floor(words.length ** random.next()) - 1]!;
  return random.chance(0.08) ? `${word},` : word;
}
