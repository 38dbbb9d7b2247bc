import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Json, Row } from '../holdings';

const json: z.ZodType<Json> = z.json();
const workSchema = z.object({ id: z.string().startsWith('https://openalex.org/W') }).catchall(json);
const listSchema = z.array(workSchema);
const answerSchema = z.object({ results: listSchema });
const pagesSchema = z.array(z.object({ body: answerSchema }));
const fileSchema = z.union([
  listSchema,
  pagesSchema.transform((pages) => pages.flatMap((page) => page.body.results)),
  answerSchema.transform((one) => one.results),
  workSchema.transform((one) => [one]),
]);

/** All recorded works, each once: of two records of a work the one with more text is kept. */
export function recordedWorks(fixtures: string): Row[] {
  const found = new Map<string, Row>();
  for (const work of files(fixtures).flatMap(read)) {
    const known = found.get(work.id);
    if (!known || JSON.stringify(work).length > JSON.stringify(known).length) found.set(work.id, work);
  }
  return [...found.values()];
}

function files(fixtures: string): string[] {
  const inFolder = (folder: string, pattern: RegExp) =>
    readdirSync(path.join(fixtures, 'openalex', folder))
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => path.join(fixtures, 'openalex', folder, name));
  return [...inFolder('works', /\.json\.gz$/), ...inFolder('api', /^works?(?:_list|_page.*)?\.json$/)];
}

function read(file: string): Row[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `Expected a work, a list of works, an answer or a list of answers, got something else (${file}). Check the fixtures folder.`,
  );
}

const sourceSchema = z.object({ id: z.string(), type: z.string().nullish() }).catchall(json);

/** Sources derived from where the works were published: `/sources` was hardly recorded. */
export function sourcesOf(works: Row[]): Row[] {
  const found = new Map<string, Row>();
  for (const work of works) {
    const location = z.object({ source: sourceSchema }).safeParse(work['primary_location']);
    if (!location.success) continue;
    const { source } = location.data;
    const known = found.get(source.id)?.['works_count'];
    found.set(source.id, { ...source, type: source.type ?? null, works_count: typeof known === 'number' ? known + 1 : 1 });
  }
  return [...found.values()];
}
