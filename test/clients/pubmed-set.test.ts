import fc from 'fast-check';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { PubmedFileError, readPubmed } from '../../clients/pubmed/read';
import { article, articleSet, inChunks, readAll } from './pubmed-xml';

async function refusal(source: string | Uint8Array): Promise<PubmedFileError> {
  const error: unknown = await readAll(source, 'answer.xml').catch((caught: unknown) => caught);
  if (!(error instanceof PubmedFileError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

const awkward = articleSet(
  article({ article: '<ArticleTitle>a <!-- </PubmedArticle> --> é <![CDATA[</PubmedArticle><PubmedArticle>]]> z</ArticleTitle>' }),
  '<!-- <PubmedArticle> --><?page </PubmedArticleSet>?>',
  article({ pmid: '<PMID Version="1" Note="a>b">2</PMID>', article: '<ArticleTitle>𝟙 &#x2013; &amp;</ArticleTitle>' }).replace(
    '</PubmedArticle>',
    '</PubmedArticle \n>',
  ),
  '<DeleteCitation><PMID Version="1">9</PMID></DeleteCitation>',
);

describe('record borders', () => {
  test('cannot be faked in comments, CDATA sections, instructions and attributes', async () => {
    const items = await readAll(awkward);
    expect(items.map((item) => (item.kind === 'article' ? item.record.title : item.kind))).toEqual([
      'a é </PubmedArticle><PubmedArticle> z',
      '𝟙 – &',
      'deleted',
    ]);
  });

  test('any chunking gives equal items, plain or gzipped', async () => {
    const whole = await readAll(awkward);
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (chunkSizes, gzipped) => {
        const bytes = gzipped ? gzipSync(awkward) : Buffer.from(awkward);
        expect(await readAll(inChunks(bytes, chunkSizes))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('every cut is refused, and none as if the file were whole', async () => {
    const text = Buffer.from(awkward.trimEnd());
    for (let length = 0; length < text.length; length++) {
      expect((await refusal(text.subarray(0, length))).file).toBe('answer.xml');
    }
  });

  test('every cut of a gzip is refused', async () => {
    const gz = gzipSync(awkward);
    for (let length = 0; length < gz.length; length += 7) await refusal(gz.subarray(0, length));
    expect((await refusal(gz.subarray(0, gz.length - 1))).message).toContain('a gzip file that is cut off or damaged');
    const damaged = Buffer.from(gz);
    damaged[damaged.length - 6]! ^= 1;
    expect((await refusal(damaged)).message).toContain('incorrect data check');
  });

  test('a gzip of several members is one file', async () => {
    const half = awkward.length >> 1;
    expect(await readAll(Buffer.concat([gzipSync(awkward.slice(0, half)), gzipSync(awkward.slice(half))]))).toEqual(await readAll(awkward));
  });
});

describe('taken', () => {
  test.each([
    ['an empty set', '<PubmedArticleSet></PubmedArticleSet>'],
    ['an empty set, self-closing', '<?xml version="1.0"?><PubmedArticleSet/>'],
    ['white space and comments around', '\n<!-- a --><PubmedArticleSet >\n</PubmedArticleSet\n><!-- b --> \n<?c?>'],
    [
      'any DOCTYPE',
      '<!DOCTYPE x SYSTEM "a>b" [ <!ENTITY e "]>"> <!-- it\'s ]> --> <?p \'?> ]><PubmedArticleSet xmlns="u"></PubmedArticleSet>',
    ],
    ['a byte order mark', '\uFEFF<?xml version="1.0" encoding=\'utf-8\' standalone="yes"?><PubmedArticleSet/>'],
  ])('%s', async (_, text) => expect(await readAll(text)).toEqual([]));
});

describe('refused', () => {
  const one = article();
  test.each([
    ['an empty file', '', 'got an empty file (answer.xml, byte 0).'],
    ['HTML', '\n<!DOCTYPE html><html><head></head></html>', 'got an HTML page (answer.xml, byte 1).'],
    ['HTML without DOCTYPE', '<html><body>502 Bad Gateway</body></html>', 'got an HTML page'],
    ['JSON', '{"error":"API rate limit exceeded"}', 'got a JSON answer'],
    [
      'an eFetch error',
      '<?xml version="1.0"?>\n<eFetchResult><ERROR>ID list is empty!</ERROR></eFetchResult>',
      'an error answer of E-utilities, "ID list is empty!"',
    ],
    ['MEDLINE text', '\nPMID- 1\nOWN - NLM', 'the MEDLINE text format'],
    ['plain text', 'Error: slow down', 'something that is not XML and begins with "Error: slow down"'],
    ['another root', '<RAW_DATA><PubmedArticle/></RAW_DATA>', 'XML with the root element RAW_DATA'],
    ['a root that only begins alike', '<PubmedArticleSets></PubmedArticleSets>', 'the root element PubmedArticleSets'],
    ['a bare record', one, 'one bare PubmedArticle'],
    ['two sets glued', `<PubmedArticleSet>${one}</PubmedArticleSet><PubmedArticleSet/>`, 'behind the end of the set'],
    ['two documents glued', articleSet(one) + articleSet(one), 'an XML declaration that is not at the start'],
    ['text behind the end', `${articleSet(one)}x`, '"x" behind the end of the set'],
    ['text between records', articleSet(one, 'x', one), '"x\\n<PubmedArticle>'],
    ['an unknown element in the set', articleSet('<PubmedPatent/>'), 'where a record should begin'],
    ['a set that never ends', articleSet(one).replace('</PubmedArticleSet>', ''), 'a file cut off before </PubmedArticleSet>'],
    [
      'a record that never ends',
      articleSet(one.replace('</PubmedArticle>', ''), one),
      'not well-formed: <PubmedArticle> that is never closed',
    ],
    ['crossed tags', articleSet(article({ article: '<ArticleTitle><i><b></i></b></ArticleTitle>' })), '</i> where <b> is open'],
    ['an attribute without quotes', articleSet(article({ article: '<Language a=b/>' })), 'the broken tag'],
    ['an attribute twice', articleSet(article({ article: '<Language a="1" a="2"/>' })), 'the attribute a twice'],
    ['a lone ampersand', articleSet(article({ article: '<ArticleTitle>R & D</ArticleTitle>' })), 'an "&" that begins no reference'],
    ['an unknown entity', articleSet(article({ article: '<ArticleTitle>&alpha;</ArticleTitle>' })), 'the unknown entity &alpha;'],
    [
      'an entity of the prototype',
      articleSet(article({ article: '<ArticleTitle>&constructor;</ArticleTitle>' })),
      'the unknown entity &constructor;',
    ],
    ['a reference to nothing', articleSet(article({ article: '<ArticleTitle>&#xD800;</ArticleTitle>' })), 'a character that XML forbids'],
    ['a control character', articleSet(article({ article: '<ArticleTitle>\u0001</ArticleTitle>' })), 'a character that XML forbids'],
    ['a record without PMID', articleSet(article({ pmid: '' })), 'a PubmedArticle without a PMID'],
    ['a PMID that is no number', articleSet(article({ pmid: '<PMID>12a</PMID>' })), 'a PubmedArticle without a PMID'],
    ['Latin-1', '<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet/>', 'text with encoding="ISO-8859-1"'],
  ])('%s', async (_, text, says) => {
    const { message } = await refusal(text);
    expect(message).toMatch(/^Expected one complete PubmedArticleSet, got .+ \(answer\.xml, byte \d+\)\. \S.*\.$/s);
    expect(message).toContain(says);
  });

  test('bytes that are not UTF-8', async () => {
    const latin = Buffer.from(articleSet(article({ article: '<ArticleTitle>caf\u00e9</ArticleTitle>' })), 'latin1');
    expect((await refusal(latin)).message).toContain('bytes that are not UTF-8');
    expect((await refusal(Buffer.from('\uFEFF<PubmedArticleSet/>', 'utf16le'))).message).toContain('UTF-16 text');
    expect((await refusal(gzipSync(gzipSync('<PubmedArticleSet/>')))).message).toContain('a gzip file inside a gzip file');
  });

  test('the offset is the byte of the fault', async () => {
    const text = articleSet(
      article({ article: '<ArticleTitle>é</ArticleTitle>' }),
      article({ article: '<ArticleTitle>éé &oops; </ArticleTitle>' }),
    );
    expect((await refusal(text)).offset).toBe(Buffer.from(text).indexOf('&oops;'));
  });

  test('no entity is expanded, and none is loaded', async () => {
    const bomb = '<!DOCTYPE PubmedArticleSet [<!ENTITY a "robot"><!ENTITY b "&a;&a;&a;">]>';
    const text = articleSet(article({ article: '<ArticleTitle>&b;</ArticleTitle>' })).replace(/<!DOCTYPE[^>]*>/, bomb);
    expect((await refusal(text)).message).toContain('the unknown entity &b;');
  });
});

test('an error of the source itself passes through as it is', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield gzipSync(awkward).subarray(0, 30);
    throw new Error('socket hang up');
  }
  await expect(readAll(broken())).rejects.toThrow(/^socket hang up$/);
});

test.each(['plain', 'gzipped'])('stopping early closes the source (%s)', async (form) => {
  let closed = false;
  const text = Buffer.from(`<PubmedArticleSet>${article().repeat(2_000)}`);
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield form === 'gzipped' ? gzipSync(text) : text;
      for (;;) yield await setTimeout(1, Buffer.from(' '));
    } finally {
      closed = true;
    }
  }
  for await (const item of readPubmed(source(), 'endless')) {
    expect(item.kind).toBe('article');
    break;
  }
  while (!closed) await setTimeout(1);
  expect(closed).toBe(true);
});
