/** Options that every command takes. */
export interface CommonOptions {
  readonly study?: string;
  readonly home?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Options that choose what a rebuild or a plan is about. */
export interface SelectorOptions extends CommonOptions {
  readonly force?: readonly string[];
  readonly only?: readonly string[];
  readonly from?: string;
  /** Ids of the steps that may run, as a resumed run had them; `only` and `from` in another form. */
  readonly scope?: readonly string[];
  readonly vintage?: string;
  readonly offline?: boolean;
}

/** One JSON document on stdout for scripts, or lines for people. */
export function print(options: CommonOptions, document: unknown, lines: () => readonly string[]): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(document)}\n` : `${lines().join('\n')}\n`);
}

/** News for people: stderr, so that stdout stays a document. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
