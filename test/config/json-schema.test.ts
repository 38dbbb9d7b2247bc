import { readFileSync } from 'node:fs';
import path from 'node:path';
import { studyJsonSchema } from '../../config/json-schema';
import { projectRoot } from '../../config/project-root';

test('the committed schema is current (else: npm run build && node scripts/write-study-schema.mjs)', () => {
  const file = path.join(projectRoot(), 'config', 'study.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(studyJsonSchema())));
});

test('only the name is required, and unknown keys are refused', () => {
  expect(studyJsonSchema()).toMatchObject({ required: ['name'], additionalProperties: false });
});
