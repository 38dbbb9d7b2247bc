import { ModelInputError } from './input-error';

/** One column in a term: as it is, or read as categories, perhaps with a level that the others are compared with. */
export interface Part {
  readonly column: string;
  readonly as: 'itself' | 'factor';
  readonly reference?: string;
}

/** A sum of products of columns, and of columns whose coefficient is fixed at 1. The constant is always there. */
export interface Formula {
  readonly outcome: string;
  readonly terms: readonly (readonly Part[])[];
  readonly offsets: readonly string[];
}

const TOKEN = /\s*(?:(`[^`]+`)|([\p{L}_.][\p{L}\p{N}_.]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([+-]?\d[\d.eE]*)|([~+:(),*^|-]))/uy;

interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly value: string;
  readonly at: number;
}

/**
 * Parses `y ~ a + b + factor(year) + ref(region, "Asia") + a:b + offset(c)`; a name with blanks stands in backquotes.
 * @throws ModelInputError with the place of what it cannot read
 */
export function parseFormula(text: string): Formula {
  return new Reader(text).formula();
}

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(private readonly text: string) {
    this.#tokens = this.#split();
  }

  formula(): Formula {
    const outcome = this.#take('name', 'the outcome column').value;
    this.#sign('~');
    const terms = new Map<string, readonly Part[]>();
    const offsets = new Set<string>();
    do {
      const offset = this.#offset();
      const term = offset === null ? this.#term() : [];
      if (offset !== null) offsets.add(offset);
      if (term.length > 0) terms.set(JSON.stringify(term), term);
    } while (this.#accept('+'));
    if (this.#peek().kind !== 'end') this.#refuse('+, : or the end');
    const used = [...offsets, ...[...terms.values()].flat().map(({ column }) => column)];
    if (used.includes(outcome)) this.#refuse('covariates other than the outcome', `"${outcome}" on both sides`);
    return { outcome, terms: [...terms.values()], offsets: [...offsets] };
  }

  /** `offset(column)`, alone between two plus signs. */
  #offset(): string | null {
    const [name, bracket] = [this.#peek(), this.#tokens[this.#next + 1]];
    if (name.value !== 'offset' || bracket?.value !== '(') return null;
    this.#next += 2;
    const column = this.#take('name', 'a column').value;
    this.#sign(')');
    return column;
  }

  /** `1` is the constant, which is there anyway. */
  #term(): Part[] {
    if (this.#peek().kind === 'number' && this.#peek().value === '1') {
      this.#next++;
      return [];
    }
    const parts = [this.#part()];
    while (this.#accept(':')) parts.push(this.#part());
    return parts;
  }

  #part(): Part {
    const name = this.#take('name', 'a column, factor(column) or ref(column, "level")').value;
    if (!this.#accept('(')) return { column: name, as: 'itself' };
    if (name !== 'factor' && name !== 'ref') this.#refuse('factor(, ref( or, alone between plus signs, offset(', `${name}(`);
    const column = this.#take('name', 'a column').value;
    if (name === 'factor') {
      this.#sign(')');
      return { column, as: 'factor' };
    }
    this.#sign(',');
    const level = this.#peek();
    if (level.kind !== 'text' && level.kind !== 'number') this.#refuse(`a level of ${column} in quotes`);
    this.#next++;
    this.#sign(')');
    return { column, as: 'factor', reference: level.value };
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #accept(sign: string): boolean {
    const found = this.#peek().kind === 'sign' && this.#peek().value === sign;
    if (found) this.#next++;
    return found;
  }

  #sign(sign: string): void {
    if (!this.#accept(sign)) this.#refuse(sign);
  }

  #take(kind: Token['kind'], expected: string): Token {
    const token = this.#peek();
    if (token.kind !== kind) this.#refuse(expected);
    this.#next++;
    return token;
  }

  #split(): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (this.text.slice(at).trim() !== '') {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(this.text);
      if (match === null) throw new ModelInputError(this.#message('a column name or a sign', this.text.slice(at).trim().slice(0, 12), at));
      tokens.push(tokenOf(match, at));
      at = TOKEN.lastIndex;
    }
    return [...tokens, { kind: 'end', value: 'the end', at }];
  }

  #refuse(expected: string, got = this.#peek().value): never {
    throw new ModelInputError(this.#message(expected, got, this.#peek().at));
  }

  #message(expected: string, got: string, at: number): string {
    return `Expected ${expected}, got ${got} (character ${at + 1} of the formula "${this.text}"). Write it as y ~ a + factor(year) + ref(region, "Asia") + a:b + offset(c).`;
  }
}

function tokenOf(match: RegExpExecArray, at: number): Token {
  const [, quoted, name, text, number, sign] = match;
  if (quoted !== undefined) return { kind: 'name', value: quoted.slice(1, -1), at };
  if (name !== undefined) return { kind: 'name', value: name, at };
  if (text !== undefined) return { kind: 'text', value: text.slice(1, -1).replaceAll(/\\(.)/g, '$1'), at };
  if (number !== undefined) return { kind: 'number', value: number, at };
  return { kind: 'sign', value: sign!, at };
}
