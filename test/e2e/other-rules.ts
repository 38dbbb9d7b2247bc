import type { KnownWorld } from './synthetic-truth';

interface Rebuilt {
  readonly world: KnownWorld;
  readonly rows: <T = Record<string, unknown>>(text: string) => Promise<T[]>;
}

/** Tests of what other rules would give, on a rebuilt synthetic world and its truth. */
export function checkOtherRules(at: () => Rebuilt): void {
  const inWindow = async (condition: string): Promise<string[]> =>
    (await at().rows<{ article: string }>(`select article from sample.keyword_articles where ${condition} order by 1`)).map(
      ({ article }) => article,
    );

  it('finds under the rule of the study what the study finds', async () => {
    const found = await at().rows(
      `select corpus, sum(articles)::int as articles from atlas.keyword_rules where rule = 'end plural' group by 1 order by 1`,
    );
    expect(found).toEqual(await at().rows(`select corpus, count(*)::int as articles from sample.articles group by 1 order by 1`));
    expect(await inWindow('matched')).toEqual(
      (await at().rows(`select article from sample.articles order by 1`)).map((row) => row['article']),
    );
  });

  it('finds by looser ends exactly the decoys with other endings, and within words those that are part of one', async () => {
    const decoys = (reason: string): string[] =>
      at()
        .world.truth.decoys.flatMap((decoy) => (decoy.reason.includes(reason) ? [`pmid:${decoy.pmid}`] : []))
        .sort();
    const [prefix, substring] = [
      await inWindow(`'end prefix' = any(rules) and not 'end plural' = any(rules)`),
      await inWindow(`'end substring' = any(rules) and not 'end prefix' = any(rules)`),
    ];
    expect(prefix.length).toBeGreaterThan(5);
    expect(substring.length).toBeGreaterThan(5);
    expect(decoys('ending other')).toEqual(expect.arrayContaining(prefix));
    expect(decoys('longer word')).toEqual(expect.arrayContaining(substring));
  });

  it('counts conference works by each rule for life science as they were made', async () => {
    const made = [...at().world.focal.values()].filter(({ corpus }) => corpus === 'conference');
    const ids = (of: (how: string | null) => boolean): string[] =>
      made.flatMap(({ work, lifeScience }) => (of(lifeScience) ? [work!] : [])).sort();
    const found = async (rule: string): Promise<string[]> => {
      const works = await at().rows<{ work: string }>(
        `select work from sample.conference_matches where '${rule}' = any(life_science_rules)`,
      );
      const known = new Set(made.map(({ work }) => work));
      return works
        .map(({ work }) => work)
        .filter((work) => known.has(work))
        .sort();
    };
    expect(await found('any score')).toEqual(ids((how) => how === 'listed' || how === 'zero-score'));
    expect(await found('positive score')).toEqual(ids((how) => how === 'listed'));
    expect(await found('any score, parents inferred')).toEqual(ids(() => true));
    expect((await found('topics')).length).toBeGreaterThan(0);
  });

  it('counts articles by the strict filter as their bits say', async () => {
    const [counted] = await at().rows(`select sum(clinical)::int as n from atlas.clinical_rules where rule = 'broad_strict'`);
    const [direct] = await at().rows(`select count(*)::int as n from sample.final join sample.clinical using (article) where broad_strict`);
    expect(counted).toEqual(direct);
  });

  it('has the measures of both corpora, which together are those of the sample', async () => {
    for (const [by, key, table] of [
      ['country', 'country', 'country_totals'],
      ['topic, country', 'topic || country', 'topic_by_country'],
    ] as const) {
      const apart = await at().rows<{ key: string; n: number }>(
        `select ${key} as key, sum(articles)::int as n from atlas.by_corpus where by = '${by}' and ${key} is not null group by 1`,
      );
      const together = await at().rows<{ key: string; n: number }>(`select ${key} as key, articles as n from atlas.${table}`);
      const sums = new Map(apart.map(({ key: name, n }) => [name, n]));
      expect(together.map(({ key: name }) => [name, sums.get(name)])).toEqual(together.map(({ key: name, n }) => [name, n]));
    }
  });
}
