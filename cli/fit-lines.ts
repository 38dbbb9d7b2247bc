import { rateRatio, type Coefficient, type CountFit, type Drop, type DropReason } from '../methods/models';
import { table } from './table';

const TITLES: Readonly<Record<CountFit['model'], string>> = {
  nb2: 'negative binomial (NB2)',
  'nb2-fe': 'negative binomial (NB2) with one intercept a group, unconditional',
  'nb-hhg': 'conditional fixed-effects negative binomial (Hausman, Hall & Griliches)',
  'poisson-fe': 'Poisson with one intercept a group',
};

const REASONS: Readonly<Record<DropReason, string>> = {
  missing: 'an empty cell in',
  singletonGroups: 'groups of one row:',
  allZeroGroups: 'groups with only zeros:',
  allZeroLevels: 'levels with only zeros:',
  separated: 'zeros that the covariates predict perfectly:',
};

/** A fit for people: what was fitted, what was left out, the coefficients with incidence rate ratios, and warnings. */
export function fitLines(fit: CountFit, formula: string): string[] {
  const { model, n, groups, clusters, se } = fit;
  const sizes = [`${n.toLocaleString('en-US')} rows`, groups === null ? '' : `${groups.toLocaleString('en-US')} groups`];
  return [
    `${model}: ${TITLES[model]}`,
    formula,
    `${sizes.filter(Boolean).join(' in ')} · standard errors: ${se}${clusters === null ? '' : ` (${clusters.toLocaleString('en-US')} clusters)`}`,
    ...fit.drops.map(dropLine),
    '',
    ...coefficientTable(fit),
    '',
    ...likelihoodLines(fit),
    ...fit.warnings.map((warning) => `Warning: ${warning}`),
  ];
}

function dropLine({ reason, rows, names }: Drop): string {
  const shown = names.slice(0, 8).join(', ');
  const more = names.length > 8 ? ` and ${(names.length - 8).toLocaleString('en-US')} more` : '';
  return `left out ${rows.toLocaleString('en-US')} rows: ${REASONS[reason]} ${shown}${more}`;
}

function coefficientTable({ coefficients, lnAlpha }: CountFit): string[] {
  const all = lnAlpha === null ? coefficients : [...coefficients, lnAlpha];
  const header = ['term', 'estimate', 'std. error', 'z', 'p', 'rate ratio', '95% interval'];
  const rows = all.map((line) => [line.term, fixed(line.estimate, 4), fixed(line.se, 4), fixed(line.z, 2), pValue(line.p), ...ratio(line)]);
  return table(header, alignRight(header, rows));
}

/** The dispersion and the constant are no ratios of rates. */
function ratio(line: Coefficient): [string, string] {
  if (line.term === '(Intercept)' || line.term === 'ln(alpha)') return ['', ''];
  const { ratio: value, low, high } = rateRatio(line);
  return [fixed(value, 3), low === null ? '–' : `${fixed(low, 3)} to ${fixed(high, 3)}`];
}

function alignRight(header: readonly string[], rows: readonly string[][]): string[][] {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell : cell.padStart(widths[column]!))));
}

function likelihoodLines(fit: CountFit): string[] {
  const { model, logLik, logLikPoisson, alpha, overdispersion, converged, iterations, diagnostics } = fit;
  const lines = [
    `log-likelihood ${logLik.toFixed(3)}${logLikPoisson === null || model === 'poisson-fe' ? '' : `, of the Poisson model ${logLikPoisson.toFixed(3)}`}`,
  ];
  if (alpha !== null) {
    const test =
      overdispersion === null ? '' : `, test of alpha = 0: ${overdispersion.statistic.toFixed(2)}, p ${pValue(overdispersion.p)}`;
    lines.push(`alpha ${alpha.toPrecision(5)}${test}`);
  }
  lines.push(...jointLines(fit));
  const ending = `after ${iterations} iterations, scaled score ${diagnostics.gradient.toExponential(1)}`;
  return [...lines, `${converged ? 'converged' : 'NOT CONVERGED'} ${ending}`];
}

/** With standard errors that do not trust the likelihood, no test by the likelihood. */
function jointLines({ se, pseudoR2, likelihoodRatio, wald }: CountFit): string[] {
  const [name, test] = se === 'oim' ? ['likelihood ratio', likelihoodRatio] : ['Wald', wald];
  if (test === null) return [];
  const r2 = pseudoR2 === null || se !== 'oim' ? '' : `, pseudo-R² ${pseudoR2.toFixed(4)}`;
  return [`all covariates together: ${name} chi-square(${test.df}) ${fixed(test.statistic, 2)}, p ${pValue(test.p)}${r2}`];
}

function fixed(value: number | null, digits: number): string {
  if (value === null) return '–';
  const text = value.toFixed(digits);
  return text.length > 12 ? value.toExponential(3) : text;
}

function pValue(p: number | null): string {
  if (p === null) return '–';
  return p < 0.0001 ? '<0.0001' : p.toFixed(4);
}
