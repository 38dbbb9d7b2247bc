import type { Cells } from './cells';
import { requireColumn, type ModelData } from './column';
import type { Design, Source } from './design';
import { ModelInputError } from './input-error';
import type { ModelSpec } from './model';
import { nameOf } from './patterns';
import type { CountFit } from './result';
import { takeSample } from './sample';
import { Z_95 } from './special/normal';

type Factor = Extract<Source, { kind: 'factor' }>;

/** The mean outcome that a model predicts with some factors held at given levels, and its 95% interval. */
export interface Margin {
  /** Level of each factor asked for, in that order. */
  readonly at: readonly string[];
  readonly mean: number;
  /** By the delta method. */
  readonly se: number;
  /** exp(ln mean ∓ z se / mean): never below zero. */
  readonly low: number;
  readonly high: number;
}

/**
 * Predictive margins (Cameron & Trivedi 2013, section 3.5): for each combination of levels of the factors, the mean of exp(x′b + offset)
 * over the sample with those factors set, all else as it is. Combinations without a row are predicted too.
 * @param fit of the same data and specification
 * @throws ModelInputError for models with group effects, whose mean has no estimate, and for columns that are no factor of the formula
 */
export function predictiveMargins(
  data: ModelData,
  spec: ModelSpec,
  { fit, factors }: { fit: CountFit; factors: readonly string[] },
): Margin[] {
  if (spec.model !== 'nb2')
    throw new ModelInputError(
      `Expected nb2 for predicted means, got ${spec.model}: its group effects have no standard errors. Compare ratios.`,
    );
  // With terms left out as collinear, what a level means is not settled by the data.
  if (fit.covariance === null || fit.droppedColumns.length > 0) return [];
  const { cells, read } = takeSample(data, spec);
  const row = rowWriter(read.design, fit);
  const patterns = { weight: sizes(cells), example: examples(cells), offset: cells.patterns.offset };
  const chosen = factors.map((name) => factorOf(read.design, name, data));
  const factorLevels = chosen.map(({ source, codes }) => codes.map((code) => ({ source, code })));
  return combinations(factorLevels).map((set) => {
    const sums = { mean: 0, gradient: new Float64Array(fit.coefficients.length) };
    const held = new Map(set.map(({ source, code }) => [source, code]));
    for (let p = 0; p < patterns.weight.length; p++)
      row.add(sums, { weight: patterns.weight[p]!, offset: patterns.offset[p]!, from: patterns.example[p]!, held });
    return margin(fit, sums, { rows: cells.rows, at: set.map(({ source, code }) => source.levels[code]!) });
  });
}

interface Sums {
  mean: number;
  readonly gradient: Float64Array;
}

function margin({ covariance }: CountFit, { mean: total, gradient }: Sums, { rows, at }: { rows: number; at: readonly string[] }): Margin {
  const order = Math.sqrt(covariance!.length);
  let variance = 0;
  for (let i = 0; i < gradient.length; i++) {
    for (let j = 0; j < gradient.length; j++) variance += gradient[i]! * gradient[j]! * covariance![i * order + j]!;
  }
  const [mean, se] = [total / rows, Math.sqrt(variance) / rows];
  const width = Math.exp((Z_95 * se) / mean);
  return { at, mean, se, low: mean / width, high: mean * width };
}

/** Adds weight · exp(x′b + offset) and its gradient for a row of the data whose factors are partly held. */
function rowWriter({ sources, terms }: Design, { coefficients }: CountFit) {
  const place = new Map(coefficients.map(({ term }, k) => [term, k]));
  const [at, value] = [new Int32Array(terms.length + 1), new Float64Array(terms.length + 1)];
  const names = new Map<string, number>();
  const column = (term: number, codes: readonly number[]): number => {
    const key = `${term} ${codes.join(' ')}`;
    if (!names.has(key)) names.set(key, place.get(nameOf(sources, terms[term]!.parts, codes)) ?? -1);
    return names.get(key)!;
  };
  const add = (
    into: Sums,
    { weight, offset, from, held }: { weight: number; offset: number; from: number; held: ReadonlyMap<Source, number> },
  ): void => {
    let [eta, count] = [offset + coefficients[0]!.estimate, 1];
    [at[0], value[0]] = [0, 1];
    terms.forEach(({ parts }, term) => {
      const used = parts.map(({ source }) => sources[source]!);
      const k = column(
        term,
        used.filter((source) => source.kind === 'factor').map((source) => held.get(source) ?? source.codes[from]!),
      );
      if (k < 0) return;
      const x = used.reduce((product, source) => (source.kind === 'number' ? product * source.values[from]! : product), 1);
      eta += x * coefficients[k]!.estimate;
      [at[count], value[count]] = [k, x];
      count++;
    });
    const mean = weight * Math.exp(eta);
    into.mean += mean;
    for (let i = 0; i < count; i++) into.gradient[at[i]!]! += mean * value[i]!;
  };
  return { add };
}

/** The factor and those of its levels that the sample has. */
function factorOf({ sources, terms }: Design, name: string, data: ModelData): { source: Factor; codes: number[] } {
  requireColumn(data, name);
  const source = sources.find((candidate): candidate is Factor => candidate.kind === 'factor' && candidate.name === name);
  const main = terms.some(({ parts }) => parts.length === 1 && sources[parts[0]!.source] === source);
  if (source === undefined || !main)
    throw new ModelInputError(`Expected a factor of the formula, got "${name}". Predicted means are given by level of a factor.`);
  const present = new Set(source.codes);
  return { source, codes: [...present].sort((a, b) => a - b) };
}

function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((start) => list.map((item) => [...start, item])), [[]]);
}

function sizes({ patterns, pattern, size }: Cells): Float64Array {
  const weight = new Float64Array(patterns.count);
  for (let cell = 0; cell < size.length; cell++) weight[pattern[cell]!]! += size[cell]!;
  return weight;
}

/** The first row of each pattern. */
function examples({ patterns, pattern, cellOf }: Cells): Int32Array {
  const example = new Int32Array(patterns.count);
  for (let row = cellOf.length - 1; row >= 0; row--) example[pattern[cellOf[row]!]!] = row;
  return example;
}
