import { readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { sampleRows, type ModelData, type ModelSpec, type NumberColumn } from '../../methods/models';
import { describeWithData, modelsFolder, readCsv } from './shared-data';

const folder = path.join(modelsFolder, 'separation');
const files = existsSync(folder) ? readdirSync(folder).sort() : [];

/** Rows of the data that a sample left out, from 0 on. */
function leftOut(data: ModelData, spec: ModelSpec): number[] {
  const kept = new Set(sampleRows(data, spec));
  return Array.from({ length: data.rows }, (_, row) => row).filter((row) => !kept.has(row));
}

/** Some outcomes are no counts; separation depends on whether they are zero only. */
function countsOf(data: ModelData): ModelData {
  const { values } = data.columns.get('y') as NumberColumn;
  return { ...data, columns: new Map(data.columns).set('y', { kind: 'number', values: values.map((y) => (y > 0 ? 1 : 0)) }) };
}

function answerOf(data: ModelData): number[] {
  const { values } = data.columns.get('separated') as NumberColumn;
  return [...values.keys()].filter((row) => values[row] === 1);
}

describeWithData('Separated rows of the ppmlhdfe data sets', () => {
  test.each(files)('%s', (file) => {
    const data = countsOf(readCsv(path.join('separation', file)));
    const names = [...data.columns.keys()];
    const covariates = names.filter((name) => name.startsWith('x'));
    const effects = names.filter((name) => name.startsWith('id'));
    const factors = effects.map((name) => `factor(${name})`);
    const all = [...covariates, ...factors].join(' + ');
    const answer = answerOf(data);
    expect(leftOut(data, { model: 'nb2', formula: `y ~ ${all}` })).toEqual(answer);
    if (effects.length === 0) return;
    const rest = [...covariates, ...factors.slice(1)].join(' + ');
    expect(leftOut(data, { model: 'poisson-fe', formula: `y ~ ${rest}`, group: effects[0]! })).toEqual(answer);
  });
});
