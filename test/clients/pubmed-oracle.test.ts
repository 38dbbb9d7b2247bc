import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPubmed } from '../../clients/pubmed/read';
import type { PubmedItem } from '../../clients/pubmed/record';
import { scanMatches, scanOutlines } from '../../clients/pubmed/scan/scan';
import { textOfBytes } from '../../clients/pubmed/scan/sources';
import { compileKeywords, type KeywordRule } from '../../methods/keywords';
import { clinicalBits } from '../../methods/clinical';
import { clinicalCues } from '../../methods/clinical-cues';
import { aiKeywords } from '../methods/keyword-list';
import { slowFoldAll, slowMatchFolded } from '../methods/keywords-reference';
import { isRecorded, recorded } from '../recorded/recorded-data';
import { AwkwardArticles } from './pubmed-awkward';
import { oracle } from './pubmed-oracle';

const ends: KeywordRule['end'][] = ['plural', 'exact', 'prefix', 'substring'];
const SET = 5_000;
const sets = process.env.ATLAS_LONG_TESTS ? 20 : 1;
const matchers = ends.map((end) => {
  const { match, bytes } = compileKeywords(aiKeywords, { end, spelling: 'both' });
  return { end, match, table: bytes() };
});
jest.setTimeout(180_000);

const cues = clinicalCues();

/** The readers of one set, beside the oracle. `text` is what the file inflates to. */
async function expectEqual(text: Buffer, bytes: Buffer = text): Promise<{ articles: number; hits: number }> {
  const wanted = oracle(text.toString());
  const read: PubmedItem[] = [];
  for await (const item of readPubmed(bytes, 'a file')) read.push(item);
  expectSame(read, wanted);
  const folded = wanted.map((item) =>
    item.kind === 'article' ? slowFoldAll([item.record.title ?? '', ...item.record.abstractParts]) : [],
  );
  let hits = 0;
  for (const { end, match, table } of matchers) {
    const scanned = await scanMatches(textOfBytes(bytes), table, (record, place) => {
      const keywords = match([record.title, ...record.abstractParts]);
      return keywords.length === 0 ? null : { place, record, keywords };
    });
    hits += scanned.length;
    const all = wanted.flatMap((item, index) => {
      if (item.kind !== 'article') return [];
      const keywords = slowMatchFolded(aiKeywords, end, folded[index]!);
      return keywords.length === 0 ? [] : [{ place: index + 1, record: item.record, keywords }];
    });
    expectSame(scanned, all);
  }
  await expectOutlines(bytes, wanted);
  return { articles: wanted.length, hits };
}

async function expectOutlines(bytes: Buffer, wanted: readonly PubmedItem[]): Promise<void> {
  const outlined = (await scanOutlines(textOfBytes(bytes), cues)).map((item) => {
    if (item.kind !== 'article') return item;
    const { texts, ...known } = item.outline;
    return { ...known, bits: clinicalBits(texts?.title ?? null, texts?.abstract ?? null) };
  });
  const all = wanted.map((item) => {
    if (item.kind !== 'article') return item;
    const { pmid, version, year, title, abstract } = item.record;
    return { pmid, version, year, hasAbstract: abstract !== null, bits: clinicalBits(title, abstract) };
  });
  expectSame(outlined, all);
}

/** Shows the first that differs, not five thousand. */
function expectSame(found: readonly unknown[], wanted: readonly unknown[]): void {
  const at = wanted.findIndex((item, index) => JSON.stringify(found[index]) !== JSON.stringify(item));
  if (at >= 0) expect(found[at]).toEqual(wanted[at]);
  expect(found).toHaveLength(wanted.length);
}

(isRecorded ? test : test.skip)('every recorded record: reader, scan and outline equal the oracle', async () => {
  const folder = path.join(recorded, 'pubmed');
  const names = ['bulk', 'efetch', 'export'].flatMap((part) =>
    readdirSync(path.join(folder, part)).map((name) => path.join(folder, part, name)),
  );
  let articles = 0;
  for (const name of names.filter((file) => /\.xml(\.gz)?$/.test(file) && !/raw-data-root|not-well-formed/.test(file))) {
    const bytes = readFileSync(name);
    articles += (await expectEqual(name.endsWith('.gz') ? gunzipSync(bytes) : bytes, bytes)).articles;
  }
  expect(articles).toBeGreaterThan(500);
});

test.each(Array.from({ length: sets }, (_, index) => index))(`${SET} awkward records: all equal the oracle (seed %i)`, async (seed) => {
  const text = Buffer.from(new AwkwardArticles(seed).set(SET));
  const { hits } = await expectEqual(text, gzipSync(text, { level: 1 }));
  // A set without hits, or with hits everywhere, would prove nothing.
  expect(hits).toBeGreaterThan(SET / 10);
  expect(hits).toBeLessThan(SET * 3);
});
