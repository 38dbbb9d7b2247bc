import type { Study } from '../../config/study';
import { canonicalJson } from '../../dag/canonical';
import type { Columns } from '../../dag/columns';
import { compileStrategies, ruleVariants, type ByteMatcher, type KeywordReading, type KeywordStrategies } from '../../methods/keywords';

/** What is known of a record by the study's keywords, by other rules for them, and by the list they are compared with. */
export const keywordColumns = {
  matched: ['boolean', 'whether the study takes it: a keyword matches under its rule'],
  keywords: ['text[]', "keywords that match, in the list's spelling"],
  places: ['jsonb', '{ keyword: [title, or abstract and the number of the part] }'],
  rules: ['text[]', 'rules under which a keyword of the study matches'],
  comparison: ['text[]', 'entries of the compared list that match'],
} as const satisfies Columns;

/** The part of a study that keyword steps read. */
export function strategiesOf({ keywords: { entries, marks, comparison, end, spelling, fold } }: Pick<Study, 'keywords'>) {
  return {
    keywords: entries,
    marks,
    comparison: comparison === null ? null : { entries: comparison.entries, marks: comparison.marks },
    end,
    spelling,
    fold,
  };
}

export type KeywordParams = ReturnType<typeof strategiesOf>;

/** Names of all rules that are tried, and which of them is the study's own. */
export function ruleNames(study: Pick<Study, 'keywords'>): { name: string; own: boolean }[] {
  return ruleVariants(strategies(strategiesOf(study))).map(({ name, own }) => ({ name, own }));
}

/** Compiling takes as long as reading a thousand records, and all shards of a step ask for the same. */
let latest: Latest | null = null;

interface Latest {
  readonly asked: string;
  readonly compiled: ReturnType<typeof compileStrategies>;
  bytes: ByteMatcher | null;
}

/** Reads the title and the abstract parts of a record; null when no rule and no list finds anything. */
export function keywordReader(params: KeywordParams) {
  const asked = canonicalJson(strategies(params));
  latest = latest?.asked === asked ? latest : { asked, compiled: compileStrategies(strategies(params)), bytes: null };
  const { read } = latest.compiled;
  return {
    bytes: () => (latest!.bytes ??= latest!.compiled.bytes()),
    read: (title: string | null, parts: readonly string[]) => {
      const reading = read([title, ...parts]);
      return reading === null ? null : columnsOf(reading);
    },
  };
}

function strategies({ keywords, marks, comparison, end, spelling, fold }: KeywordParams): KeywordStrategies {
  return { list: { entries: keywords, marks }, comparison, rule: { end, spelling, fold } };
}

function columnsOf({ hits, rules, comparison }: KeywordReading) {
  return {
    matched: hits.length > 0,
    keywords: hits.map(({ keyword }) => keyword),
    places: Object.fromEntries(
      hits.map(({ keyword, places }) => [keyword, places.map(({ text }) => (text === 0 ? 'title' : `abstract ${text}`))]),
    ),
    rules,
    comparison,
  };
}
