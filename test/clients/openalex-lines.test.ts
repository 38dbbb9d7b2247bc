import { gzipSync } from 'node:zlib';
import { IdTable, idNumber } from '../../clients/openalex/snapshot/id-table';
import { lineBlocks } from '../../clients/openalex/snapshot/lines';
import { LinkScanner } from '../../clients/openalex/snapshot/links';
import { linesOf, wantedRecords, type LineJudge } from '../../clients/openalex/snapshot/part';
import { WordTable } from '../../clients/openalex/snapshot/word-table';
import { WordScanner } from '../../clients/openalex/snapshot/words';
import { clinicalPhrases, wordPhrases } from '../../activities/reading/word-phrases';
import { clinicalBits } from '../../methods/clinical';
import { compileKeywords, fold } from '../../methods/keywords';
import { invertedIndexToText } from '../../methods/inverted-index';
import { heavyWorks } from '../../simulator/world/heavy-works';
import { recordedWorks } from '../../simulator/recorded/works';
import { recorded, isRecorded } from '../recorded/recorded-data';
import { aiKeywords } from '../methods/keyword-list';

jest.setTimeout(600_000);

const LINES = process.env.ATLAS_LONG_TESTS === undefined ? 5_000 : 100_000;
const sought = Array.from({ length: 20_000 }, (_, index) => 1_000_000_007 + index * 170_001);
const address = (number: number): string => `https://openalex.org/W${number}`;

interface Work {
  readonly id: string;
  readonly title: string | null;
  readonly referenced_works?: readonly string[] | null;
  readonly abstract_inverted_index?: Record<string, number[]> | null;
}

async function* pieces(packed: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.length; at += size) yield await Promise.resolve(packed.subarray(at, at + size));
}

/** As `json.dumps` of Python writes, and with the names in another order: older snapshots look so. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).reverse();
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}: ${spaced(item)}`).join(', ')}}`;
}

/** What parsing every line finds. */
function linksByParsing(lines: readonly string[], wanted: ReadonlySet<number>): string[] {
  const known = new Set([...wanted].map(address));
  return lines.flatMap((line) => {
    const { id, referenced_works: references } = JSON.parse(line) as Work;
    return [...new Set(references ?? [])].filter((cited) => known.has(cited)).map((cited) => `${id} → ${cited}`);
  });
}

/** What scanning finds; lines it is unsure of are parsed, as a reader of the scanner must. */
async function linksByScanning(lines: readonly string[], table: IdTable) {
  const scanner = new LinkScanner(table);
  const links: string[] = [];
  let unsure = 0;
  for await (const block of lineBlocks(pieces(gzipSync(lines.join('\n'))), 'part')) {
    scanner.start(block);
    for (const [from, end] of linesOf(block)) {
      const { verdict, citing, cited } = scanner.scan(from, end);
      if (verdict === 'links') links.push(...cited.map((number) => `${address(citing)} → ${address(number)}`));
      if (verdict !== 'unsure') continue;
      unsure += 1;
      links.push(...linksByParsing([block.buffer.toString('utf8', from, end)], new Set(sought)));
    }
  }
  return { links: links.sort(), unsure };
}

function* heavyLines(seed: number, count: number, phrases: readonly string[] = ['neural network']): Generator<string> {
  const works = heavyWorks({ seed, sought, citing: 0.2, phrases, matching: 0.05 });
  for (let number = 0; number < count; number++) yield JSON.stringify(works.next().value);
}

const table = IdTable.ofNumbers(sought);

describe('links of OpenAlex lines, against JSON.parse of each', () => {
  test(`${LINES} synthetic works at real weight, awkward text included`, async () => {
    for (let done = 0; done < LINES; done += 2_500) {
      const lines = [...heavyLines(done, 2_500)];
      const { links, unsure } = await linksByScanning(lines, table);
      expect(links).toEqual(linksByParsing(lines, new Set(sought)).sort());
      expect(links.length).toBeGreaterThan(200);
      expect(unsure).toBe(0);
    }
  });

  test('lines written with blanks and with names in another order', async () => {
    const lines = [...heavyLines(77, 500)].map((line) => spaced(JSON.parse(line)));
    const { links, unsure } = await linksByScanning(lines, table);
    expect(links).toEqual(linksByParsing(lines, new Set(sought)).sort());
    expect(links.length).toBeGreaterThan(50);
    expect(unsure).toBe(0);
  });

  (isRecorded ? test : test.skip)('every recorded work, each sought by another', async () => {
    const works = recordedWorks(recorded) as unknown as Work[];
    const numbers = works.map(({ id }) => idNumber(id.replace('https://openalex.org/', ''))!);
    const lines = works.map((work) => JSON.stringify(work));
    const scanner = IdTable.ofNumbers(numbers);
    const found: string[] = [];
    for (const text of [lines, works.map(spaced)]) {
      const { links } = await linksByScanning(text, scanner);
      expect(links).toEqual(linksByParsing(lines, new Set(numbers)).sort());
      found.push(...links);
    }
    expect(found.length).toBeGreaterThan(400);
  });

  const hostile: Record<string, string> = {
    'the list in a nested object': `{"id":"${address(1)}","x":{"referenced_works":["${address(sought[0]!)}"]},"referenced_works":[]}`,
    'the list in a nested object only': `{"id":"${address(1)}","x":{"referenced_works":["${address(sought[0]!)}"]}}`,
    'the list as a word of the abstract': `{"id":"${address(1)}","abstract_inverted_index":{"referenced_works":[1]},"referenced_works":["${address(sought[1]!)}"]}`,
    'the list quoted in a title': `{"id":"${address(1)}","title":${JSON.stringify(`"referenced_works":["${address(sought[0]!)}"]`)},"referenced_works":[]}`,
    'a name that ends like the list': `{"id":"${address(1)}","a":{"\\"referenced_works":["${address(sought[0]!)}"]},"referenced_works":["${address(sought[2]!)}"]}`,
    'braces and quotes behind the list': `{"id":"${address(1)}","referenced_works":["${address(sought[3]!)}"],"t":"}]\\"}\\\\","u":{"}":["{"]}}`,
    'the list twice: the last one counts': `{"id":"${address(1)}","referenced_works":["${address(sought[0]!)}"],"referenced_works":["${address(sought[4]!)}"]}`,
    'no list': `{"id":"${address(1)}"}`,
    'null for the list': `{"id":"${address(1)}","referenced_works":null}`,
    'an id behind the list': `{"referenced_works":["${address(sought[5]!)}"],"ids":{"id":"${address(3)}"},"id":"${address(2)}"}`,
    'a leading zero': `{"id":"${address(1)}","referenced_works":["https://openalex.org/W0${sought[0]!}"]}`,
    'another host': `{"id":"${address(1)}","referenced_works":["https://openalex.com/W${sought[0]!}"]}`,
    'escaped letters': `{"id":"${address(1)}","referenced\\u005fworks":["${address(sought[6]!)}"]}`,
    'a list of other things': `{"id":"${address(1)}","referenced_works":[null,{"id":"${address(sought[0]!)}"}]}`,
  };
  test.each(Object.entries(hostile))('%s', async (_, line) => {
    const { links } = await linksByScanning([line], table);
    expect(links).toEqual(linksByParsing([line], new Set(sought)));
  });
});

describe('candidates by the words of keywords, against matching every work', () => {
  const rules = [
    { end: 'plural', spelling: 'both' },
    { end: 'exact', spelling: 'british' },
    { end: 'prefix', spelling: 'both' },
    { end: 'substring', spelling: 'both' },
  ] as const;

  test.each(rules)('$end: none is missed', async (rule) => {
    const matcher = compileKeywords(aiKeywords, rule);
    const matches = ({ title, abstract_inverted_index: index }: Work): boolean =>
      matcher.match([title, index == null ? null : invertedIndexToText(index)]).length > 0;
    const lines = [...heavyLines(5, LINES / 4, aiKeywords)];
    const scanner = new WordScanner(new WordTable(wordPhrases(aiKeywords, rule)), fold);
    const judge: LineJudge = { start: (block) => scanner.start(block), wants: (from, end) => scanner.scan(from, end) };
    const found: string[] = [];
    let candidates = 0;
    const part = { file: 'part', packed: pieces(gzipSync(lines.join('\n'))), records: lines.length };
    for await (const works of wantedRecords(part, judge)) {
      candidates += works.length;
      found.push(...(works as Work[]).filter(matches).map(({ id }) => id));
    }
    const wanted = lines.map((line) => JSON.parse(line) as Work).filter(matches);
    expect(found).toEqual(wanted.map(({ id }) => id));
    expect(found.length).toBeGreaterThan(20);
    if (rule.end !== 'substring') expect(candidates).toBeLessThan(lines.length / 2);
  });

  test('the words of the clinical filters: none is missed', async () => {
    const isClinical = ({ title, abstract_inverted_index: index }: Work): boolean =>
      Object.values(clinicalBits(title, index == null ? null : invertedIndexToText(index))).some(Boolean);
    const said = ['randomised', 'clinical pilot trial', 'placebo', 'Random-effects', 'randomized controlled trial', 'trial'];
    const lines = [...heavyLines(9, LINES / 10, said)];
    const scanner = new WordScanner(new WordTable(clinicalPhrases), fold);
    const judge: LineJudge = { start: (block) => scanner.start(block), wants: (from, end) => scanner.scan(from, end) };
    const found: string[] = [];
    for await (const works of wantedRecords({ file: 'part', packed: pieces(gzipSync(lines.join('\n'))), records: null }, judge))
      found.push(...(works as Work[]).filter(isClinical).map(({ id }) => id));
    expect(found).toEqual(
      lines
        .map((line) => JSON.parse(line) as Work)
        .filter(isClinical)
        .map(({ id }) => id),
    );
    expect(found.length).toBeGreaterThan(10);
  });
});
