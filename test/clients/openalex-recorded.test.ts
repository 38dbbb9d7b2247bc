import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { readAbstract } from '../../clients/openalex/abstract';
import { readSource, readWork } from '../../clients/openalex/records';
import { readRows } from '../../clients/openalex/rows';
import { judgeOpenAlex } from '../../clients/http/verdict/openalex';
import { chargeOf } from '../../clients/http/meter';

const recorded = process.env['ATLAS_RECORDED'] ?? path.resolve(__dirname, '../../../shared/data/fixtures');
const present = existsSync(path.join(recorded, 'openalex'));
if (!present) console.warn(`Recorded answers of OpenAlex are not at ${recorded}; their tests are skipped. Set ATLAS_RECORDED.`);
const whenRecorded = present ? describe : describe.skip;

function json(name: string): unknown {
  const bytes = readFileSync(path.join(recorded, 'openalex', name));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

const pageSchema = z.object({ meta: z.object({ next_cursor: z.string().nullish() }), results: z.array(z.unknown()) });
const read = (raw: unknown[]) => readRows(raw, (row) => readWork(row));

whenRecorded('recorded works', () => {
  test.each([
    ['ai-classics-185.json.gz', 185, 22],
    ['biomedical-200.json.gz', 200, 120],
  ])('%s: all %i are read, %i with PMID', (name, works, withPmid) => {
    const content = json(`works/${name}`);
    const { rows, refused } = read(Array.isArray(content) ? content : pageSchema.parse(content).results);
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(works);
    expect(rows.filter(({ pmid }) => pmid !== null)).toHaveLength(withPmid);
    expect(rows.every(({ id, referencedWorks }) => [id, ...referencedWorks].every((one) => /^W\d+$/.test(one)))).toBe(true);
  });

  test('citing works of the snowball name the works they cite', () => {
    const pages = z.array(z.object({ uri: z.string(), body: pageSchema })).parse(json('works/snowball-46.pages.json.gz'));
    const citing = pages.filter(({ uri }) => uri.includes('cites%3A')).flatMap(({ body }) => read(body.results).rows);
    expect(new Set(citing.map(({ id }) => id)).size).toBe(3);
    expect(citing.every(({ referencedWorks }) => referencedWorks.includes('W3046863325') || referencedWorks.includes('W3045921891'))).toBe(
      true,
    );
  });

  test('a single record of 2026, field by field', () => {
    const work = readWork(json('api/work.json'), 'single');
    expect(work).toMatchObject({
      id: 'W2741809807',
      doi: '10.7717/peerj.4375',
      pmid: 29456894,
      year: 2018,
      date: '2018-02-13',
      type: 'book-chapter',
      language: 'en',
      retracted: false,
      source: { id: 'S1983995261', type: 'journal', issns: ['2167-8359'], issnL: '2167-8359', name: 'PeerJ' },
      truncatedAuthors: false,
      indexedIn: ['crossref', 'doaj', 'pubmed'],
      citedByCount: 1163,
      primaryTopic: { id: 'T10102', subfield: 'subfields/1804', field: 'fields/18', domain: 'domains/2' },
      updated: '2026-03-18T14:38:29.013473',
    });
    expect(work.authorships[0]).toEqual({
      position: 'first',
      name: 'Heather Piwowar',
      countries: ['CA', 'US'],
      institutions: [
        { id: 'I4200000001', country: 'CA' },
        { id: 'I4210166736', country: 'US' },
      ],
      rawAffiliations: ['Impactstory, Sanford, NC, USA'],
    });
    expect(work.authorships.at(-1)?.position).toBe('last');
    expect(work.concepts[0]).toEqual({ id: 'C2778805511', level: 2, score: expect.closeTo(0.688, 3) as number });
    expect(readAbstract(work.abstractInvertedIndex)).toMatch(/^Despite growing interest in Open Access \(OA\)/);
  });

  test('a source', () => {
    expect(readSource(json('api/source.json'))).toMatchObject({
      id: 'S137773608',
      name: 'Nature',
      type: 'journal',
      issns: ['0028-0836', '1476-4687'],
      worksCount: 447694,
    });
  });
});

const cassetteSchema = z.object({
  http_interactions: z.array(
    z.object({
      request: z.object({ uri: z.string() }),
      response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.object({ string: z.string() }) }),
    }),
  ),
});

const bodySchema = z.object({ results: z.array(z.unknown()).optional(), group_by: z.array(z.unknown()).optional() });

/** A single record is one row; the list of a group request is its groups. */
function rowsIn(body: string): number {
  const { results, group_by: groups } = bodySchema.parse(JSON.parse(body));
  return (results ?? groups ?? [null]).length;
}

function interactions(name: string) {
  const text = readFileSync(path.join(recorded, 'openalex', 'cassettes', name), 'utf8');
  return cassetteSchema.parse(parse(text)).http_interactions;
}

whenRecorded('recorded exchanges', () => {
  const names = present ? readdirSync(path.join(recorded, 'openalex', 'cassettes')) : [];

  test.each(names)('%s is judged by its status', (name) => {
    for (const { request, response } of interactions(name)) {
      const { pathname, searchParams } = new URL(request.uri);
      const asked = {
        service: 'openalex',
        method: 'GET',
        path: pathname,
        query: Object.fromEntries(searchParams),
        accept: 'json',
      } as const;
      const judge = () =>
        judgeOpenAlex({
          request: asked,
          status: response.status,
          headers: response.headers,
          body: Buffer.from(response.body.string),
          now: 0,
        });
      if (response.status === 200) expect(judge()).toBe(rowsIn(response.body.string));
      else expect(judge).toThrow(/^Expected /);
    }
  });

  test('a refused list was charged, a refused record was not', () => {
    const charges = (name: string) => interactions(name).map(({ response }) => chargeOf(response.headers));
    expect(charges('opt_filter_names.yml')[0]).toEqual({ credits: 1, usd: 0.0001 });
    expect(charges('opt_select_fields.yml').at(-1)).toEqual({ credits: 0, usd: 0 });
  });
});
