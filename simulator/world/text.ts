import type { Random } from './random';
import { clinicalSentences, keywordSentences, keywordTitles, phrases, sentences, titles, words, type Phrase } from './vocabulary';

/** One AbstractText; `label` null means an unstructured abstract. */
export interface Part {
  label: string | null;
  markup: string;
}

/** Title and abstract as XML markup. */
export interface Text {
  title: string;
  parts: Part[];
  /** Keywords that title or abstract satisfy, in the list's spelling. */
  keywords: string[];
}

type Variant = (text: string, phrase: Phrase) => string;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const gaps = (filler: string) => (text: string) => text.replace(/[ -]/g, filler);
const middle = (text: string) => Math.max(1, text.length - 4);

/** How a keyword is written, with the shares of throughput-notes, section 6. */
const variants: { weight: number; write: Variant }[] = [
  { weight: 54, write: (text) => text },
  { weight: 10, write: gaps('-') },
  { weight: 10, write: (text, { countable }) => (countable ? `${text}s` : text) },
  { weight: 9, write: (text) => text.split(' ').map(capital).join(' ') },
  { weight: 2.5, write: (text) => text.toUpperCase() },
  { weight: 2.5, write: gaps('\u2010') },
  { weight: 2.5, write: gaps('\u2013') },
  { weight: 2.5, write: gaps('\u00a0') },
  { weight: 2.5, write: gaps('  ') },
  { weight: 2.5, write: (text) => `${text.slice(0, middle(text))}<i>${text.slice(middle(text))}</i>` },
  {
    weight: 1,
    write: (text) =>
      text
        .split(' ')
        .map((word) => `<b>${word}</b>`)
        .join(' '),
  },
  { weight: 1, write: (text) => `&#x${text.charCodeAt(0).toString(16)};${text.slice(1)}` },
  { weight: 1, write: gaps('\n      ') },
  { weight: 1, write: (text) => text.replace(/e/, 'é') },
  { weight: 0.5, write: (text) => `${text.slice(0, 2)}\u00ad${text.slice(2)}` },
];

/** Fills `{…}` of a template from a small vocabulary of the article's own, so that its parts share words. */
export class Writer {
  readonly #own: Record<string, readonly string[]>;

  constructor(readonly random: Random) {
    this.#own = Object.fromEntries(
      Object.entries(words).map(([name, list]) => [name, [random.pick<string>(list), random.pick<string>(list)]]),
    );
  }

  fill(template: string, keyword = ''): string {
    return template.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (name === 'kw') return keyword;
      if (name === 'n') return String(this.random.int(12, 980));
      if (name === 'm') return String(this.random.int(3, 80));
      return this.random.pick(this.#own[name] ?? ['']);
    });
  }

  title(template: string, keyword = ''): string {
    const text = this.fill(template, keyword);
    return `${/^[a-z]/.test(text) ? capital(text) : text}.`;
  }

  sentences(count: number): string[] {
    return Array.from({ length: count }, () => this.fill(this.random.pick(sentences)));
  }
}

const labels = ['BACKGROUND', 'METHODS', 'RESULTS', 'CONCLUSIONS'];

/** Text without a keyword; `clinical` plants a sentence of the therapy filter. */
export function plainText(random: Random, clinical: boolean): Text {
  const writer = new Writer(random);
  const extra = clinical ? [writer.fill(random.pick(clinicalSentences))] : [];
  return {
    title: writer.title(random.pick(titles)),
    parts: parted(random, [...writer.sentences(random.int(4, 9)), ...extra]),
    keywords: [],
  };
}

/** Text with one keyword, seldom two; in the title in two of five articles, or wherever `place` says. */
export function keywordText(random: Random, { clinical, place }: { clinical: boolean; place?: 'title' | 'abstract' }): Text {
  const writer = new Writer(random);
  const drawn = [
    random.weighted(phrases, ({ weight }) => weight),
    ...(random.chance(0.15) ? [random.weighted(phrases, ({ weight }) => weight)] : []),
  ];
  const written = drawn.map((one) => random.weighted(variants, ({ weight }) => weight).write(one.text, one));
  const inTitle = place ? place === 'title' : random.chance(0.4);
  const title = inTitle ? writer.title(random.pick(keywordTitles), written[0]) : writer.title(random.pick(titles));
  const carrying = written.slice(inTitle && random.chance(0.5) ? 1 : 0).map((one) => writer.fill(random.pick(keywordSentences), one));
  const extra = clinical ? [writer.fill(random.pick(clinicalSentences))] : [];
  const parts = parted(random, random.shuffled([...writer.sentences(random.int(4, 9)), ...carrying, ...extra]));
  return { title, parts, keywords: keywordsOf(drawn) };
}

/** A title with a keyword and nothing else: the case in which a missing abstract must not lose the article. */
export function bareKeywordText(random: Random): Text {
  const writer = new Writer(random);
  const drawn = random.weighted(phrases, ({ weight }) => weight);
  return { title: writer.title(random.pick(keywordTitles), drawn.text), parts: [], keywords: keywordsOf([drawn]) };
}

const keywordsOf = (drawn: Phrase[]) => [...new Set(drawn.flatMap(({ matches }) => matches))].sort();

/** One part, or four labelled ones in one abstract of six. */
function parted(random: Random, list: string[]): Part[] {
  if (!random.chance(0.16)) return [{ label: random.chance(0.01) ? 'UNLABELLED' : null, markup: list.join(' ') }];
  const size = Math.ceil(list.length / labels.length);
  return labels.flatMap((label, index) => {
    const markup = list.slice(index * size, (index + 1) * size).join(' ');
    return markup === '' ? [] : [{ label, markup }];
  });
}
