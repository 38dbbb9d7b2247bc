import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { toPublicRecord } from '../../clients/pubmed/public-record';
import { PubmedFileError, readPubmed } from '../../clients/pubmed/read';
import type { PubmedItem, PubmedRecord } from '../../clients/pubmed/record';
import { isRecorded, recorded } from '../recorded/recorded-data';

const pubmed = path.join(recorded, 'pubmed');

async function readRecorded(name: string): Promise<PubmedItem[]> {
  const items: PubmedItem[] = [];
  for await (const item of readPubmed(createReadStream(path.join(pubmed, name)), name)) items.push(item);
  return items;
}

async function recordOf(name: string): Promise<PubmedRecord> {
  const [item] = await readRecorded(name);
  if (item?.kind !== 'article') throw new Error(`expected an article in ${name}`);
  return item.record;
}

(isRecorded ? describe : describe.skip)('recorded PubMed files', () => {
  test('hold 497 articles, two books and six deleted PMIDs', async () => {
    const folders = ['bulk', 'efetch', 'export'];
    const names = folders.flatMap((folder) => readdirSync(path.join(pubmed, folder)).map((name) => `${folder}/${name}`));
    const good = names.filter((name) => !/\.md5$|raw-data-root|not-well-formed/.test(name));
    const items = (await Promise.all(good.map(readRecorded))).flat();
    const articles = items.flatMap((item) => (item.kind === 'article' ? [item.record.pmid] : []));
    expect([articles.length, new Set(articles).size]).toEqual([546, 497]);
    expect(items.flatMap((item) => (item.kind === 'book' ? [item.pmid] : []))).toEqual([20301577, 23658942]);
    expect(items.flatMap((item) => (item.kind === 'deleted' ? item.pmids : []))).toHaveLength(6);
  });

  test.each([
    ['export/mixed-2023-100.raw-data-root.xml.gz', 0, 'XML with the root element RAW_DATA'],
    ['export/three-documents-299.not-well-formed.xml.gz', 100, 'an XML declaration that is not at the start'],
    ['esearch/esearch1.xml', 0, 'the root element eSearchResult'],
    ['epost/epost2.xml', 0, 'an error answer of E-utilities'],
  ])('%s is refused', async (name, before, says) => {
    let items = 0;
    const reading = (async () => {
      for await (const item of readPubmed(createReadStream(path.join(pubmed, name)), name)) items += item.kind === 'article' ? 1 : 0;
    })();
    await expect(reading).rejects.toThrow(PubmedFileError);
    await expect(reading).rejects.toThrow(says);
    expect(items).toBe(before);
  });

  test('the second of the glued documents begins where the error says', async () => {
    const name = 'export/three-documents-299.not-well-formed.xml.gz';
    const text = gunzipSync(readFileSync(path.join(pubmed, name)));
    const error: unknown = await readRecorded(name).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ file: name, offset: text.indexOf('<?xml', 10) });
  });

  test('titles and abstracts with inline tags and MathML are whole', async () => {
    expect((await recordOf('efetch/37733615.xml')).title).not.toMatch(/[<>]/);
    const { abstract } = await recordOf('efetch/biopython-pubmed6-mathml.xml');
    expect(abstract).toMatch(/\(LEmin\).*67\.6 ± 4\.1 ml·kg-1·min-1\] homogeneous/);
    expect(await recordOf('efetch/38048813.xml')).toMatchObject({
      title: '[A Broader Scope - Bio-Psycho-Social Medicine In Global Focus].',
    });
  });

  test('parts, groups and affiliations are as the file has them', async () => {
    expect((await recordOf('efetch/38534005.xml')).abstractParts).toHaveLength(7);
    expect(await recordOf('efetch/38962805.xml')).toMatchObject({ authors: [], abstract: null });
    const [group, ...others] = (await recordOf('efetch/34843274.xml')).authors;
    expect([group?.last, typeof group?.collective, others.length]).toEqual([null, 'string', 0]);
    const { authors } = await recordOf('efetch/37787043.xml');
    expect([authors.length, authors.flatMap(({ affiliations }) => affiliations).length]).toEqual([7, 17]);
  });

  test('a public record has the keys of the interface, in its order', async () => {
    const [item] = await readRecorded('efetch/219391.xml');
    const keys = ['pmid', 'version', 'title', 'abstract', 'year', 'journal', 'issns', 'doi', 'publicationTypes', 'language', 'authors'];
    expect(Object.keys(toPublicRecord(item!)!)).toEqual(keys);
    expect(toPublicRecord(item!)).toMatchObject({ pmid: 219391, year: 1979 });
  });
});

test('public records of the other items', () => {
  expect(toPublicRecord({ kind: 'deleted', pmids: [1, 2] })).toEqual({ deleted: [1, 2] });
  expect(toPublicRecord({ kind: 'book', pmid: 3 })).toBeNull();
});
