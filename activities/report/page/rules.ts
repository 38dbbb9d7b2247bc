import { html, type Markup } from '../../../drawing/markup';
import { count, percent } from '../../../drawing/numbers';
import type { PageData, RuleRow, RuleTables } from '../../../drawing/page-data';
import { numberId, stepOf } from './number-ids';
import type { Part } from './part';
import { tableCsv, tableMarkup, type Cell, type Table } from './table';

/** What rules that the paper leaves open would give otherwise: each table with the study's own rule marked (paper, Methods and S6). */
export function rulesPart(data: PageData): Part | null {
  const { rules } = data;
  if (rules === undefined) return null;
  const blocks = [
    keywordBlock(rules),
    strategyBlock(rules),
    shareBlock(rules.lifeScience, { ...lifeScienceWords, step: stepOf.lifeScienceRules }),
    shareBlock(rules.coverage, { ...coverageWords, step: stepOf.conceptCoverage }),
    shareBlock(rules.clinical, { ...clinicalWords, step: stepOf.clinicalRules }),
  ].filter((block) => block !== null);
  if (blocks.length === 0) return null;
  const markup = html`<section aria-labelledby="rules">
    <h2 id="rules">Rules that could be otherwise</h2>
    ${blocks.map((block) => blockMarkup(block))} ${agreement(rules)}
  </section>`;
  const files = blocks.map(({ id, table }) => ({ path: `data/${id}.csv`, text: tableCsv(table, data.synthetic) }));
  return { id: 'rules', label: 'Rules', markup, files };
}

interface Block {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly table: Table;
}

function blockMarkup({ id, title, subtitle, table }: Block): Markup {
  return html`<div class="block" id="${id}">
    <h3>${title}</h3>
    <p class="subtitle">${subtitle}</p>
    ${tableMarkup(table, { label: title })}
    <p class="source">
      <span class="links"><a href="data/${id}.csv" download>CSV</a></span>
    </p>
  </div>`;
}

function keywordBlock({ keywords }: RuleTables): Block | null {
  const own = keywords.find((row) => row.own);
  const widest = keywords.reduce((most, row) => (row.found > most.found ? row : most), keywords[0]!);
  if (own === undefined || own.found === 0) return null;
  return {
    id: 'keyword-rules',
    title:
      widest.found > own.found
        ? `Another rule for the keywords would find up to ${percent(widest.found / own.found - 1)} more articles (${widest.rule})`
        : 'No other rule for the keywords would find more articles',
    subtitle: `Articles of both corpora before a country is looked for; ${count(own.found)} under the rule of the study`,
    table: ruleTable(keywords, { found: 'Articles', of: null, step: stepOf.keywordRules, column: 'articles' }),
  };
}

function strategyBlock({ strategies }: RuleTables): Block | null {
  const all = strategies.reduce((sum, row) => ({ articles: sum.articles + row.articles, compared: sum.compared + row.compared }), {
    articles: 0,
    compared: 0,
  });
  const [first] = strategies;
  if (first === undefined || all.compared === 0) return null;
  const cell = (corpus: string, column: 'articles' | 'compared' | 'shared', value: number): Cell => ({
    value,
    ask: numberId(stepOf.strategies, { corpus }, column),
  });
  return {
    id: 'strategy-comparison',
    title: `The keywords of ${first.list} find ${(all.articles / all.compared).toFixed(1)} articles for each one of ${first.comparison}`,
    subtitle: 'Articles before a country is looked for, by corpus, and how many both lists find',
    table: {
      columns: [
        { key: 'corpus', label: 'Corpus', format: 'text' },
        { key: 'articles', label: first.list, format: 'count' },
        { key: 'compared', label: first.comparison, format: 'count' },
        { key: 'shared', label: 'Both', format: 'count' },
      ],
      rows: strategies.map(({ corpus, articles, compared, shared }) => [
        { value: corpus },
        cell(corpus, 'articles', articles),
        cell(corpus, 'compared', compared),
        cell(corpus, 'shared', shared),
      ]),
    },
  };
}

interface Words {
  readonly id: string;
  readonly title: (share: string) => string;
  readonly subtitle: string;
  readonly found: string;
  readonly of: string;
  /** Column of the step that `found` stands in. */
  readonly column: string;
}

const lifeScienceWords: Words = {
  id: 'life-science-rules',
  title: (share) => `${share} of the conference works with a keyword are life science under the rule of the study`,
  subtitle: 'By the score that a concept of the field needs, with parents inferred or not, and by topics',
  found: 'Life science',
  of: 'Works with a keyword',
  column: 'life_science',
};

const coverageWords: Words = {
  id: 'concept-coverage',
  title: (share) => `${share} of the PubMed articles that OpenAlex classifies carry a concept of the field`,
  subtitle: 'How well the concepts stand for life science, by rule (the paper finds more than 80 %)',
  found: 'With such a concept',
  of: 'Classified articles',
  column: 'life_science',
};

const clinicalWords: Words = {
  id: 'clinical-rules',
  title: (share) => `${share} of the articles are clinical research under the filter of the study`,
  subtitle: 'By filter on title and abstract; strict: "random forest" and the like dropped',
  found: 'Clinical',
  of: 'Articles',
  column: 'clinical',
};

function shareBlock(rows: readonly RuleRow[], words: Words & { step: string }): Block | null {
  const own = rows.find((row) => row.own);
  if (own === undefined || own.of === 0) return null;
  const { id, title, subtitle } = words;
  return { id, title: title(percent(own.found / own.of)), subtitle, table: ruleTable(rows, words) };
}

function ruleTable(rows: readonly RuleRow[], words: { found: string; of: string | null; step: string; column: string }): Table {
  const { found, of, step, column } = words;
  return {
    columns: [
      { key: 'rule', label: 'Rule', format: 'text' },
      { key: 'own', label: 'Of the study', format: 'text' },
      { key: 'found', label: found, format: 'count' },
      ...(of === null ? [] : [{ key: 'of', label: of, format: 'count' as const }]),
      { key: 'share', label: of === null ? 'Against the study' : 'Share', format: 'percent' },
    ],
    rows: rows.map((row) => [
      { value: row.rule },
      { value: row.own ? 'yes' : '' },
      { value: row.found, ask: numberId(step, { rule: row.rule }, column) },
      ...(of === null ? [] : [{ value: row.of }]),
      { value: row.of === 0 ? null : row.found / row.of },
    ]),
  };
}

/** The paper finds approximately 90 %. */
function agreement({ agreement: { known, same } }: RuleTables): Markup | null {
  if (known === 0) return null;
  return html`<p class="note">
    First and last author have the same country in ${percent(same / known)} of the ${count(known)} articles of which both are known
    (<code>${stepOf.firstLast}</code>).
  </p>`;
}
