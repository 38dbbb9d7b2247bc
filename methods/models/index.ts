export { columnOfCells, columnOfValues, type Column, type ModelData, type NumberColumn, type TextColumn } from './column';
export { parseFormula, type Formula, type Part } from './formula';
export { fitCountModel } from './fit';
export { ModelInputError } from './input-error';
export { MODELS, type Drop, type DropReason, type Model, type ModelSpec, type StandardErrors } from './model';
export type { Progress, Watch } from './newton';
export { rateRatio, rateRatios, type Coefficient, type CountFit, type Diagnostics, type RateRatio } from './result';
