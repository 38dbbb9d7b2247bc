import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { readPubmed } from '../../clients/pubmed/read';
import type { PubmedRecord } from '../../clients/pubmed/record';
import { compileKeywords } from '../../methods/keywords';
import { aiKeywords } from '../methods/keyword-list';
import checked from './ai-articles.json';
import { isRecorded, recorded } from './recorded-data';

const badOnPurpose = /raw-data-root|not-well-formed/;

async function recordsByFile(): Promise<[file: string, record: PubmedRecord][]> {
  const folders = ['pubmed/bulk', 'pubmed/efetch', 'pubmed/export'];
  const names = folders.flatMap((folder) => readdirSync(path.join(recorded, folder)).map((name) => `${folder}/${name}`));
  const records: [string, PubmedRecord][] = [];
  for (const name of names.filter((file) => /\.xml(\.gz)?$/.test(file) && !badOnPurpose.test(file))) {
    for await (const item of readPubmed(createReadStream(path.join(recorded, name)), name))
      if (item.kind === 'article') records.push([name, item.record]);
  }
  return records;
}

/** `ai-articles.json` was read by eye from the raw XML, and by an independent XML parser; it was not made with the reader. */
(isRecorded ? test : test.skip)('reader and matcher find the articles that were checked by hand, and no other', async () => {
  const { match } = compileKeywords(aiKeywords, { end: 'plural', spelling: 'both' });
  const found = new Map<
    number,
    { pmid: number; files: string[]; year: number | null; journal: string | null; issns: string[]; keywords: string[] }
  >();
  for (const [file, { pmid, year, journal, issns, title, abstractParts }] of await recordsByFile()) {
    const keywords = match([title, ...abstractParts]);
    if (keywords.length === 0) continue;
    found.set(pmid, { pmid, files: [...(found.get(pmid)?.files ?? []), file].sort(), year, journal, issns, keywords });
  }
  const expected = checked.map(({ pmid, files, year, journal, issns, keywords }) => ({
    pmid,
    files: files.toSorted(),
    year,
    journal,
    issns,
    keywords,
  }));
  expect([...found.values()].sort((a, b) => a.pmid - b.pmid)).toEqual(expected);
});

test('the list is consistent in itself', () => {
  expect(checked).toHaveLength(27);
  for (const { leadFrom, leadCountry, leadAffiliation, lastAuthorAffiliation, firstAuthorAffiliation } of checked) {
    expect(leadFrom).toBe(lastAuthorAffiliation ? 'last' : firstAuthorAffiliation ? 'first' : null);
    expect([leadCountry === null, leadAffiliation === null]).toEqual([leadFrom === null, leadFrom === null]);
    expect((leadAffiliation ?? '').length).toBeLessThanOrEqual(80);
  }
});
