import type { Corpus } from './corpus';

/** A search ready to run: ordinals of the corpus, and what the service says it understood. */
export interface Found {
  hits: Set<number>;
  translation: string;
  /** Phrases and field tags that led to nothing. */
  notFound: string[];
  unknownFields: string[];
}

/** Thrown for a term the search back end cannot read. */
export class TermError extends Error {}

type Token = { kind: '(' | ')' | ':' | 'AND' | 'OR' | 'NOT' } | { kind: 'value'; text: string; tag: string | null };

const pattern = /\s*(?:([():])|(AND|OR|NOT)(?=[\s(])|(?:"([^"]*)"|([^\s()":[\]]+))\s*(?:\[([^\]]*)\])?)/y;

const dateFields: Record<string, 'published' | 'entered'> = {
  edat: 'entered',
  'date - entry': 'entered',
  crdt: 'entered',
  pdat: 'published',
  dp: 'published',
  'date - publication': 'published',
};
const textFields = ['tiab', 'title/abstract'];

function tokens(term: string): Token[] {
  const list: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < term.trimEnd().length) {
    const match = pattern.exec(term);
    if (!match) throw new TermError(`Search Backend failed: Exception: cannot parse query: ${term.slice(0, 100)}`);
    const [, sign, operator, quoted, word, tag] = match;
    if (sign === '(' || sign === ')' || sign === ':') list.push({ kind: sign });
    else if (operator === 'AND' || operator === 'OR' || operator === 'NOT') list.push({ kind: operator });
    else list.push({ kind: 'value', text: quoted ?? word ?? '', tag: tag?.toLowerCase() ?? null });
  }
  return list;
}

/** Runs a PubMed term over the corpus. Operators bind from left to right, as at PubMed; neighbours without one are AND-ed. */
export function search(corpus: Corpus, term: string): Found {
  return new Reader(corpus, tokens(term)).read();
}

class Reader {
  #at = 0;
  readonly #notFound: string[] = [];
  readonly #unknownFields: string[] = [];

  constructor(
    readonly corpus: Corpus,
    readonly list: Token[],
  ) {}

  read(): Found {
    const { hits, translation } = this.#expression();
    if (this.#at < this.list.length) throw new TermError('Search Backend failed: Exception: unbalanced parenthesis in query');
    return { hits, translation, notFound: this.#notFound, unknownFields: this.#unknownFields };
  }

  #peek(): Token | undefined {
    return this.list[this.#at];
  }

  #expression(): Pick<Found, 'hits' | 'translation'> {
    let left = this.#operand();
    for (let next = this.#peek(); next && next.kind !== ')'; next = this.#peek()) {
      const operator = next.kind === 'OR' || next.kind === 'NOT' || next.kind === 'AND' ? next.kind : null;
      if (operator) this.#at += 1;
      const right = this.#operand();
      left = {
        hits: combine(left.hits, operator ?? 'AND', right.hits),
        translation: `${left.translation} ${operator ?? 'AND'} ${right.translation}`,
      };
    }
    return left;
  }

  #operand(): Pick<Found, 'hits' | 'translation'> {
    const token = this.list[this.#at++];
    if (token?.kind === '(') {
      const inner = this.#expression();
      if (this.list[this.#at++]?.kind !== ')') throw new TermError('Search Backend failed: Exception: unbalanced parenthesis in query');
      return { hits: inner.hits, translation: `(${inner.translation})` };
    }
    if (token?.kind !== 'value') throw new TermError('Search Backend failed: Exception: unexpected operator in query');
    if (this.#peek()?.kind === ':') return this.#range(token.text, token.tag);
    return this.#value(token.text, token.tag);
  }

  #range(low: string, lowTag: string | null): Pick<Found, 'hits' | 'translation'> {
    this.#at += 1;
    const high = this.list[this.#at++];
    if (high?.kind !== 'value') throw new TermError('Search Backend failed: Exception: range without end in query');
    const tag = high.tag ?? lowTag ?? '';
    return this.#dates(tag, low, high.text);
  }

  #value(text: string, tag: string | null): Pick<Found, 'hits' | 'translation'> {
    if (tag === 'sb' && text.toLowerCase() === 'all') return { hits: new Set(this.corpus.records.keys()), translation: 'all[sb]' };
    if (tag !== null && tag in dateFields) return this.#dates(tag, text, text);
    if (tag === 'uid' || tag === 'pmid') return this.#uid(text);
    if (tag !== null && !textFields.includes(tag)) this.#unknownFields.push(tag);
    const hits = this.corpus.withPhrase(text);
    if (hits.size === 0) this.#notFound.push(text);
    return { hits, translation: `"${text.toLowerCase()}"[Title/Abstract]` };
  }

  #uid(text: string): Pick<Found, 'hits' | 'translation'> {
    const ordinal = this.corpus.records.findIndex((record) => record.pmid === Number(text));
    return { hits: new Set(ordinal < 0 ? [] : [ordinal]), translation: `${text}[UID]` };
  }

  #dates(tag: string, low: string, high: string): Pick<Found, 'hits' | 'translation'> {
    const field = dateFields[tag];
    if (!field) throw new TermError(`Search Backend failed: Exception: range over field [${tag}] is not supported`);
    const [from, to] = [first(low), last(high)];
    const within = (date: string) => date >= from && date <= to;
    const hits = new Set<number>();
    this.corpus.records.forEach((record, ordinal) => {
      if (field === 'entered' ? within(record.entered) : record.published.some(within)) hits.add(ordinal);
    });
    return { hits, translation: `${low}:${high}[Date - ${field === 'entered' ? 'Entry' : 'Publication'}]` };
  }
}

function padded(date: string, fill: [string, string]): string {
  const [year = '', month = fill[0], day = fill[1]] = date.split('/');
  return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('/');
}

const first = (date: string) => padded(date, ['01', '01']);
const last = (date: string) => padded(date, ['12', '31']);

function combine(left: Set<number>, operator: 'AND' | 'OR' | 'NOT', right: Set<number>): Set<number> {
  if (operator === 'OR') return new Set([...left, ...right]);
  return new Set([...left].filter((ordinal) => right.has(ordinal) === (operator === 'AND')));
}
