import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import {
  columnOfCells,
  fitCountModel,
  MODELS,
  rateRatios,
  type CountFit,
  type Model,
  type ModelData,
  type StandardErrors,
} from '../methods/models';
import { CommandError } from './failure';
import { fitLines } from './fit-lines';
import { onInterrupt } from './interrupt';
import { note, print, type CommonOptions } from './options';

interface FitOptions extends CommonOptions {
  readonly formula?: string;
  readonly model?: string;
  readonly group?: string;
  readonly exposure?: string;
  readonly se?: string;
  readonly missing?: 'drop' | 'refuse';
}

/** `atlas fit DATA.csv`: one count model on any CSV file; a table on a terminal, else JSON. @returns 1 if the fit did not converge */
export async function run(options: FitOptions, [file]: readonly [string]): Promise<number> {
  if (options.formula === undefined)
    throw new CommandError('Expected --formula, got none. Write it as --formula "y ~ a + factor(year)".', 2);
  const model = modelOf(options.model);
  const data = await readData(file);
  const stop = new AbortController();
  const release = onInterrupt(() => stop.abort(new CommandError('Interrupted; nothing was written.', 130)));
  try {
    const fit = await fitCountModel(
      data,
      { ...options, formula: options.formula, model, se: standardErrors(options.se) },
      { signal: stop.signal, onProgress: options.verbose === true ? showProgress : undefined },
    );
    print({ json: options.json === true || !process.stdout.isTTY }, fitDocument(fit), () => fitLines(fit, options.formula!));
    return fit.converged ? 0 : 1;
  } finally {
    release();
  }
}

function showProgress({ iteration, logLik, gradient }: { iteration: number; logLik: number; gradient: number }): void {
  note(`iteration ${iteration}: log-likelihood ${logLik.toFixed(4)}, scaled score ${gradient.toExponential(1)}`);
}

function modelOf(name: string | undefined): Model {
  const found = MODELS.find((model) => model === name);
  if (found !== undefined) return found;
  throw new CommandError(`Expected --model ${MODELS.join(', ')}, got ${name ?? 'none'}. docs/methods/models.md says which to choose.`, 2);
}

function standardErrors(text: string | undefined): StandardErrors | undefined {
  if (text === undefined || text === 'oim' || text === 'robust') return text;
  const [, cluster] = /^cluster:(.+)$/.exec(text) ?? [];
  if (cluster !== undefined) return { cluster };
  throw new CommandError(`Expected --se oim, robust or cluster:COLUMN, got ${text}. Name the column after the colon.`, 2);
}

async function readData(file: string): Promise<ModelData> {
  const { header, cells, rows } = await readCells(file);
  if (header === null) throw new CommandError(`Expected a header line with column names, got an empty file (${file}). Check the path.`, 2);
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new CommandError(`Expected each column name once, got "${twice}" twice (${file}). Rename one.`, 2);
  return { rows, columns: new Map(names.map((name, at) => [name, columnOfCells(cells[at] ?? [])])) };
}

/** @throws TypeError where the bytes are not UTF-8 */
async function* asText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function readCells(file: string): Promise<{ header: string[] | null; cells: string[][]; rows: number }> {
  const cells: string[][] = [];
  let header: string[] | null = null;
  let rows = 0;
  try {
    await pipeline(createReadStream(file), asText, parse({ bom: true, skip_empty_lines: true }), async (lines: AsyncIterable<string[]>) => {
      for await (const line of lines) {
        if (header === null) header = line;
        else {
          line.forEach((cell, at) => (cells[at] ??= []).push(cell));
          rows++;
        }
      }
    });
  } catch (error) {
    throw new CommandError(
      `Expected a CSV file with one header line, got ${error instanceof Error ? error.message : String(error)} (${file}). Correct the path or that line.`,
      2,
    );
  }
  return { header, cells, rows };
}

/** The contract of docs/cli.md first; what it does not name comes after. */
function fitDocument(fit: CountFit): Record<string, unknown> {
  const { model, n, groups, dropped, logLik, logLikPoisson, alpha, coefficients, se, converged, iterations, warnings } = fit;
  const { logLikConstant, pseudoR2, likelihoodRatio, wald, lnAlpha, overdispersion, clusters, drops, droppedColumns, diagnostics } = fit;
  return {
    ...{ model, n, groups, dropped, logLik, logLikPoisson, alpha, coefficients, se, converged, iterations, warnings },
    ...{
      rateRatios: rateRatios(fit),
      logLikConstant,
      pseudoR2,
      likelihoodRatio,
      wald,
      lnAlpha,
      overdispersion,
      clusters,
      drops,
      droppedColumns,
      diagnostics,
    },
  };
}
