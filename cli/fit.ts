import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
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
import { note, print, type CommonOptions } from './options';

interface FitOptions extends CommonOptions {
  readonly formula?: string;
  readonly model?: string;
  readonly group?: string;
  readonly exposure?: string;
  readonly se?: string;
  readonly missing?: 'drop' | 'refuse';
}

/** `atlas fit DATA.csv`: one count model on any CSV file. @returns 1 if the fit did not converge */
export async function run(options: FitOptions, [file]: readonly [string]): Promise<number> {
  if (options.formula === undefined)
    throw new CommandError('Expected --formula, got none. Write it as --formula "y ~ a + factor(year)".', 2);
  const model = modelOf(options.model);
  const data = await readData(file);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new CommandError('Interrupted; nothing was written.', 130));
  process.once('SIGINT', interrupt);
  try {
    const fit = await fitCountModel(
      data,
      { ...options, formula: options.formula, model, se: standardErrors(options.se) },
      { signal: stop.signal, onProgress: options.verbose === true ? showProgress : undefined },
    );
    print(options, fitDocument(fit), () => fitLines(fit, options.formula!));
    return fit.converged ? 0 : 1;
  } finally {
    process.off('SIGINT', interrupt);
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
  await access(file).catch(() => {
    throw new CommandError(`Expected a CSV file, got ${file}, which cannot be read. Check the path.`, 2);
  });
  const cells: string[][] = [];
  let header: string[] | null = null;
  let rows = 0;
  try {
    for await (const row of createReadStream(file).pipe(parse({ bom: true, skip_empty_lines: true })) as AsyncIterable<string[]>) {
      if (header === null) header = row;
      else {
        row.forEach((cell, at) => (cells[at] ??= []).push(cell));
        rows++;
      }
    }
  } catch (error) {
    throw new CommandError(
      `Expected a CSV file with one header line, got ${error instanceof Error ? error.message : String(error)} (${file}). Correct that line.`,
      2,
    );
  }
  if (header === null) throw new CommandError(`Expected a header line with column names, got an empty file (${file}). Check the path.`, 2);
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new CommandError(`Expected each column name once, got "${twice}" twice (${file}). Rename one.`, 2);
  return { rows, columns: new Map(names.map((name, at) => [name, columnOfCells(cells[at] ?? [])])) };
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
