import { growthByRegion } from '../../drawing/growth-by-region';
import { growthByYear } from '../../drawing/growth-by-year';
import { growthFinding } from '../../drawing/growth';
import growth from '../atlas/growth';
import { figureColumns, sourceOf, toCsv } from '../reading/figure';
import { step } from '../step';

interface Row {
  readonly year: number;
  readonly region: string | null;
  readonly corpus: string;
  readonly articles: number;
}

export default step({
  id: 'figure/growth',
  doc: 'Articles by year and corpus, and by year and region (paper, Fig. 1), each with its source data',
  inputs: { growth },
  params: ({ world }) => ({ world: world.kind }),
  output: figureColumns,
  async run({ params, inputs, write }) {
    const rows: Row[] = [];
    for await (const row of inputs.growth.rows())
      rows.push({ year: row.year!, region: row.region, corpus: row.corpus!, articles: row.articles! });
    if (rows.length === 0) return;
    const bars = yearBars(rows);
    const title = growthFinding(bars.map((bar) => ({ year: bar.year, articles: bar.pubmed + bar.conference })));
    const source = sourceOf(params.world);
    const byYear = { id: 'growth-by-year', width: 760, title, description: 'Articles by year of publication and corpus' };
    const byRegion = {
      id: 'growth-by-region',
      width: 760,
      title: 'Articles by region',
      description: 'Articles by year of publication and world region of the lead author',
    };
    write([
      {
        name: byYear.id,
        svg: growthByYear(bars, { ...byYear, caption: { title, subtitle: byYear.description, source } }),
        csv: toCsv(bars, params.world),
      },
      {
        name: byRegion.id,
        svg: growthByRegion(rows, { ...byRegion, caption: { title: byRegion.title, subtitle: byRegion.description, source } }),
        csv: toCsv(
          rows.map((row) => ({ ...row })),
          params.world,
        ),
      },
    ]);
  },
});

function yearBars(rows: readonly Row[]): { year: number; pubmed: number; conference: number }[] {
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
  const sum = (year: number, corpus: string): number =>
    rows.filter((row) => row.year === year && row.corpus === corpus).reduce((total, row) => total + row.articles, 0);
  return years.map((year) => ({ year, pubmed: sum(year, 'pubmed'), conference: sum(year, 'conference') }));
}
