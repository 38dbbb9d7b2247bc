import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readMatches } from '../../clients/pubmed/bulk-file';
import { readPubmed } from '../../clients/pubmed/read';
import type { PubmedRecord } from '../../clients/pubmed/record';
import { readVocabulary } from '../../config/vocabularies';
import { compileStrategies } from '../../methods/keywords';
import { buildWorld } from '../../simulator/world/build';

const root = path.resolve(__dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-strategies-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the scan for all rules and both lists misses no record that one of them finds', async () => {
  const { read, bytes } = compileStrategies({
    list: readVocabulary('baruffaldi-2020', root),
    comparison: readVocabulary('liu-2021', root),
    rule: { end: 'plural', spelling: 'both', fold: 'all' },
  });
  const judged = ({ pmid, title, abstractParts }: PubmedRecord) => {
    const reading = read([title, ...abstractParts]);
    return reading === null ? null : { pmid, ...reading };
  };
  const rules = new Set<string>();
  for (const { name, bytes: content } of buildWorld({ seed: 5, scale: 'small' }).holdings.baseline.slice(0, 3)) {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    const wanted: unknown[] = [];
    for await (const item of readPubmed(createReadStream(file), name)) {
      const one = item.kind === 'article' ? judged(item.record) : null;
      if (one !== null) wanted.push(one);
      one?.rules.forEach((rule) => rules.add(one.hits.length === 0 ? `only ${rule}` : rule));
    }
    const scanned = await readMatches({ path: file, name }, bytes(), judged);
    expect({ rows: scanned.rows, unusual: scanned.unusual }).toEqual({ rows: wanted, unusual: null });
  }
  expect([...rules]).toEqual(expect.arrayContaining(['end plural', 'only end prefix', 'only end substring']));
});
