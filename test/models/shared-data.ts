import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { columnOfCells, type ModelData } from '../../methods/models';

/** Data sets with reference estimates; they lie beside the recorded answers, outside of the project. */
export const modelsFolder = process.env.ATLAS_RECORDED
  ? path.resolve(process.env.ATLAS_RECORDED, '../models')
  : path.resolve(__dirname, '../../../shared/data/models');

/** `describe` if the data are there; else one skipped test that says why. */
export function describeWithData(name: string, body: () => void): void {
  if (existsSync(modelsFolder)) describe(name, body);
  else test.skip(`${name}: needs the reference data beside the recorded answers (ATLAS_RECORDED)`, () => undefined);
}

export function readCsv(file: string): ModelData {
  const [header = [], ...rows] = parse(readFileSync(path.join(modelsFolder, file))) as string[][];
  return { rows: rows.length, columns: new Map(header.map((name, at) => [name, columnOfCells(rows.map((row) => row[at]!))])) };
}

export function readExpected<T>(): T {
  return JSON.parse(readFileSync(path.join(modelsFolder, 'expected.json'), 'utf8')) as T;
}
