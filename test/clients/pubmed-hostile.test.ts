import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createGzip, gzipSync } from 'node:zlib';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readMatches } from '../../clients/pubmed/bulk-file';
import { PubmedFileError } from '../../clients/pubmed/read';
import { compileKeywords } from '../../methods/keywords';
import { article, articleSet, readAll } from './pubmed-xml';

jest.setTimeout(180_000);

const { match, bytes } = compileKeywords(['deep learning'], { end: 'plural', spelling: 'both' });
const matcher = bytes();
const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-hostile-'));
const file = path.join(folder, 'pubmed.xml.gz');
afterAll(() => rmSync(folder, { recursive: true }));

const titled = (title: string) => article({ article: `<ArticleTitle>${title}</ArticleTitle>` });
const good = titled('On deep learning');

async function scan(content?: string | Uint8Array): Promise<string[]> {
  if (content !== undefined) writeFileSync(file, content);
  const read = await readMatches({ path: file, name: 'pubmed.xml.gz' }, matcher, ({ title, abstractParts }) =>
    match([title, ...abstractParts]).length > 0 ? String(title) : null,
  );
  return read.rows;
}

async function refusal(content?: string | Uint8Array): Promise<PubmedFileError> {
  const error: unknown = await scan(content).catch((caught: unknown) => caught);
  if (!(error instanceof PubmedFileError)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
  expect(error.message).toMatch(/^Expected one complete PubmedArticleSet, got .+ \(pubmed\.xml\.gz, byte \d+\)\. \S.*\.$/s);
  return error;
}

function withWrongChecksum(gzip: Buffer): Buffer {
  gzip.writeUInt32LE(1, gzip.length - 8);
  return gzip;
}

describe('is refused by name and byte, whole', () => {
  const bomb = `<!DOCTYPE PubmedArticleSet [<!ENTITY a "deep learning">${'<!ENTITY b "&a;&a;&a;&a;&a;">'.repeat(9)}]>`;
  test.each<[string, string | Uint8Array, string]>([
    ['an entity bomb', articleSet(good, titled('&b;')).replace(/<!DOCTYPE[^>]*>/, bomb), 'the unknown entity &b;'],
    ['a tag never closed in a title', articleSet(good, titled('a <i>b')), 'not well-formed'],
    [
      'a tag never closed in an article that matches',
      articleSet(article({ article: '<ArticleTitle>Deep learning</ArticleTitle><AuthorList>' })),
      'not well-formed',
    ],
    ['a title never closed', articleSet(good, article({ article: '<ArticleTitle>x' })), 'not well-formed'],
    ['an article never closed', articleSet(good, good.replace('</PubmedArticle>', ''), good), 'not well-formed'],
    ['another encoding', articleSet(good).replace('?>', ' encoding="ISO-8859-1"?>'), 'text with encoding="ISO-8859-1"'],
    [
      'the wrong encoding declared',
      Buffer.from(articleSet(good, titled('caf\u00e9')).replace('?>', ' encoding="utf-8"?>'), 'latin1'),
      'not UTF-8',
    ],
    ['a NUL byte in an article without a match', articleSet(good, article({ data: '\0' })), 'a character that XML forbids'],
    ['a control character in a title', articleSet(good, titled('\u0001')), 'a character that XML forbids'],
    [
      'a lone surrogate as bytes',
      Buffer.from(articleSet(good, titled('x@@@')).replaceAll('@@@', '\u00ed\u00a0\u0080'), 'latin1'),
      'not UTF-8',
    ],
    ['a lone surrogate as a reference', articleSet(good, titled('&#xD800;')), 'a character that XML forbids'],
    ['an unknown entity', articleSet(good, titled('&alpha;')), 'the unknown entity'],
    ['two sets', articleSet(good) + articleSet(good), 'an XML declaration that is not at the start'],
    ['an empty file', '', 'an empty file'],
    ['a gzip cut off', gzipSync(articleSet(good)).subarray(0, -9), 'a gzip file that is cut off'],
    ['a gzip with a wrong checksum', withWrongChecksum(gzipSync(articleSet(good))), 'incorrect data check'],
  ])('%s', async (_, content, says) => {
    const { message } = await refusal(content);
    expect(message).toContain(says);
    if (typeof content === 'string' || content[0] !== 0x1f) expect((await refusal(gzipSync(content))).message).toContain(says);
  });

  test('cut at any byte of its last record, plain and as gzip', async () => {
    const last = article({
      article: '<ArticleTitle>é <i>x</i> &amp; y</ArticleTitle><Abstract><AbstractText Label="A">z</AbstractText></Abstract>',
    });
    const text = Buffer.from(articleSet(good, last).trimEnd());
    for (let length = text.length - Buffer.byteLength(last) - 30; length < text.length; length++) {
      const cut = text.subarray(0, length);
      await refusal(length % 2 === 0 ? cut : gzipSync(cut));
    }
  });
});

describe('takes no more than its share', () => {
  const MIB = 1024 * 1024;
  async function inflatesTo(head: string, filler: string, mebibytes: number): Promise<void> {
    const chunk = filler.repeat(MIB / filler.length);
    const chunks = function* () {
      yield head;
      for (let count = 0; count < mebibytes; count++) yield chunk;
    };
    await pipeline(Readable.from(chunks()), createGzip({ level: 1 }), createWriteStream(file));
  }

  test.each([
    [
      'a record of 300 MB',
      '<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>',
      'word ',
      'of more than 32 MiB',
    ],
    ['300 MB of blanks between records', `<PubmedArticleSet>${good}`, '    ', 'more than 1 MiB of blanks'],
    ['300 MB of NUL', '<PubmedArticleSet>', '\0', 'something that is not XML|where a record should begin'],
  ])('%s', async (_, head, filler, says) => {
    await inflatesTo(head, filler, 300);
    const before = process.memoryUsage().rss;
    expect((await refusal()).message).toMatch(new RegExp(says));
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * MIB);
  });
});

test('bytes changed at random: what is taken is what the conforming reader takes, and nothing but refusals is thrown', async () => {
  const text = Buffer.from(articleSet(good, titled('<b>Deep</b>&#32;learn\u00ading &lt;'), article(), titled('DEEP\u2010LEARNING')));
  const edits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...Buffer.from('<>/&;!?-"\0 aP\xff', 'latin1'))), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(edits, async (some) => {
      const changed = Buffer.from(text);
      for (const [at, byte] of some) changed[at] = byte;
      const strict = await readAll(changed, 'pubmed.xml.gz').catch((error: unknown) => error);
      const scanned = await scan(changed).catch((error: unknown) => error);
      if (!Array.isArray(scanned)) expect(strict).toEqual(scanned);
      if (!Array.isArray(scanned) || !Array.isArray(strict)) return;
      const wanted = strict.flatMap((item) =>
        item.kind === 'article' && match([item.record.title]).length > 0 ? [item.record.title] : [],
      );
      expect(scanned).toEqual(wanted);
    }),
    { numRuns: process.env.ATLAS_LONG_TESTS ? 20_000 : 500 },
  );
});

test('a fault outside title and abstract of an article without a match is not looked for: the md5 vouches for it', async () => {
  expect(await scan(articleSet(good, article({ data: '<History><Year></History>' })))).toEqual(['On deep learning']);
});
