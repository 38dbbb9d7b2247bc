import { judge } from '../../methods/drift';
import conceptCoverage from '../atlas/concept-coverage';
import countryTotals from '../atlas/country-totals';
import countryYear from '../atlas/country-year';
import dyadsByRegion from '../atlas/dyads-by-region';
import firstLastAgreement from '../atlas/first-last-agreement';
import growth from '../atlas/growth';
import highRankedByInternational from '../atlas/high-ranked-by-international';
import highRankedByRegionYear from '../atlas/high-ranked-by-region-year';
import internationalByCountry from '../atlas/international-by-country';
import internationalByYear from '../atlas/international-by-year';
import regionTotals from '../atlas/region-totals';
import sampleFlow from '../atlas/sample-flow';
import terms from '../model/terms';
import samples from '../model/samples';
import strategyComparison from '../atlas/strategy-comparison';
import topicByCountry from '../atlas/topic-by-country';
import { measures } from '../reading/published';
import finalSample from '../sample/final';
import openalexCitingWorks from '../source/openalex-citing-works';
import { step } from '../step';

/** What the paper's keyword list holds is a matter of the study, not of a table. */
const KEYWORDS = 'sample.keywords';

export default step({
  id: 'report/drift',
  doc: 'Every number of the paper beside the rebuilt one: difference and verdict; numbers that this version does not count yet say so',
  inputs: {
    flow: sampleFlow,
    growth,
    countries: countryTotals,
    regions: regionTotals,
    byYear: internationalByYear,
    byRegionYear: highRankedByRegionYear,
    byInternational: highRankedByInternational,
    dyads: dyadsByRegion,
    byCountry: countryYear,
    links: openalexCitingWorks,
    final: finalSample,
    terms,
    samples,
    strategies: strategyComparison,
    coverage: conceptCoverage,
    agreement: firstLastAgreement,
    topics: topicByCountry,
    together: internationalByCountry,
  },
  params: ({ published, keywords, world }) => ({
    published: published.numbers,
    keywords: keywords.entries.length + keywords.uncertain.length,
    world: world.kind,
    ownKeywords: keywords.list !== 'baruffaldi-2020' || keywords.add.length + keywords.remove.length > 0,
  }),
  output: {
    ordinal: ['smallint', 'order in the paper'],
    id: ['text', 'id of the published number'],
    place: ['text', 'where the paper says it'],
    quantity: ['text', 'what is counted'],
    unit: ['text', 'unit'],
    published: ['double precision', 'value in the paper'],
    rebuilt: ['double precision', 'value of this rebuild, to ten significant digits'],
    difference: ['double precision', 'rebuilt minus published: points for shares, percent else'],
    verdict: ['text', 'agrees, differs, not-yet or not-comparable'],
    cause: ['text', 'why it differs, where that is known'],
  },
  async run({ params, inputs, query, write }) {
    for (const [ordinal, number] of params.published.entries()) {
      const measure = measures[number.id];
      const rows = measure === undefined ? [] : await query<{ value: string | number | null; p?: number | null }>(measure(inputs));
      const counted = number.id === KEYWORDS ? params.keywords : (rows[0]?.value ?? null);
      const rebuilt = counted === null ? null : Number(Number(counted).toPrecision(10));
      const { verdict, difference } = judge(number, rebuilt, rows[0]?.p ?? null);
      const foreign = params.world !== 'real' && rebuilt !== null;
      write([
        {
          ordinal,
          id: number.id,
          place: number.where,
          quantity: number.quantity,
          unit: number.unit,
          published: number.value,
          rebuilt,
          difference: difference === null ? null : Number(difference.toPrecision(6)),
          verdict: foreign ? 'not-comparable' : verdict,
          cause:
            number.id === KEYWORDS && params.ownKeywords
              ? 'the study has a keyword list of its own'
              : foreign
                ? `the ${params.world} world is not the paper's data`
                : number.note === ''
                  ? null
                  : number.note,
        },
      ]);
    }
  },
});
