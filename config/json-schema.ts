import { fileSchema } from './yaml/expectation';

/** JSON Schema (draft 7, which editors read) of a study file; committed as config/study.schema.json. */
export function studyJsonSchema(): Record<string, unknown> {
  return { ...fileSchema() };
}
