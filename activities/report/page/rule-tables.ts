import type { RuleTables } from '../../../drawing/page-data';

type Rows = <T>(step: string, columns: string, rest?: string) => Promise<T[]>;

/** What other rules would give, summed over the years of the run. */
export async function ruleTables(rows: Rows): Promise<RuleTables> {
  const sum = (column: string): string => `sum(${column})::int`;
  const byRule = 'group by rule, own order by rule';
  const keywords = await rows<{ rule: string; own: boolean; found: number }>(
    'atlas/keyword-rules',
    `rule, own, ${sum('articles')} as found`,
    byRule,
  );
  const own = keywords.find((row) => row.own)?.found ?? 0;
  const [agreement] = await rows<RuleTables['agreement']>(
    'atlas/first-last-agreement',
    `coalesce(${sum('known')}, 0) as known, coalesce(${sum('same')}, 0) as same`,
  );
  return {
    keywords: keywords.map((row) => ({ ...row, of: own })),
    strategies: await rows(
      'atlas/strategy-comparison',
      `list, comparison, corpus, ${sum('articles')} as articles, ${sum('compared')} as compared, ${sum('shared')} as shared`,
      'group by list, comparison, corpus order by corpus desc',
    ),
    lifeScience: await rows('atlas/life-science-rules', `rule, own, ${sum('life_science')} as found, ${sum('works')} as of`, byRule),
    coverage: await rows('atlas/concept-coverage', `rule, own, ${sum('life_science')} as found, ${sum('classified')} as of`, byRule),
    clinical: await rows('atlas/clinical-rules', `rule, own, ${sum('clinical')} as found, ${sum('articles')} as of`, byRule),
    agreement: agreement!,
  };
}
