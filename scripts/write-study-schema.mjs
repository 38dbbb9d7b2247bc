// Writes config/study.schema.json, which editors read, from the schema in code. Run after `npm run build`.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import prettier from 'prettier';

const require = createRequire(import.meta.url);
const { studyJsonSchema } = require('../dist/config/json-schema.js');
const file = new URL('../config/study.schema.json', import.meta.url);
const options = await prettier.resolveConfig(file);
await writeFile(file, await prettier.format(JSON.stringify(studyJsonSchema()), { ...options, parser: 'json' }));
