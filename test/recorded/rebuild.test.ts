import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TestHome, stepsThat } from '../atlas';
import { isRecorded, recorded } from './recorded-data';

jest.setTimeout(300_000);

interface Expected {
  readonly pmid: number;
  readonly year: number;
  readonly journal: string;
  readonly keywords: readonly string[];
  readonly leadCountry: string | null;
  readonly leadFrom: 'last' | 'first' | null;
}

/** Read by hand in the XML, one by one. */
const expected = JSON.parse(readFileSync(path.join(__dirname, 'ai-articles.json'), 'utf8')) as Expected[];

interface RecordedWork {
  readonly id: string;
  readonly referenced_works?: readonly string[];
}

/** The recorded works as the files hold them, read without any code of the program. */
function recordedWorks(): RecordedWork[] {
  const folder = path.join(recorded, 'openalex', 'works');
  const pages = readdirSync(folder).map(
    (name) => JSON.parse(gunzipSync(readFileSync(path.join(folder, name))).toString('utf8')) as unknown,
  );
  return pages.flatMap(worksIn);
}

function worksIn(value: unknown): RecordedWork[] {
  if (Array.isArray(value)) return value.flatMap(worksIn);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' && value.startsWith('{') ? worksIn(JSON.parse(value)) : [];
  if ('results' in value) return worksIn(value.results);
  if ('body' in value) return worksIn(value.body);
  return 'id' in value && /\/W\d+$/.test(String(value.id)) ? [value as RecordedWork] : [];
}

(isRecorded ? describe : describe.skip)('a rebuild over recorded real answers', () => {
  const home = new TestHome({ ATLAS_RECORDED: recorded });
  afterAll(() => home.end());

  test('runs over bulk files, EFetch answers and exports', async () => {
    const rebuilt = await home.rebuild('recorded');
    expect(rebuilt.status).toBe('done');
    expect(stepsThat('failed', rebuilt)).toEqual([]);
  });

  test('reads 497 distinct PubMed records and refuses the two bad files by name, with the reason', async () => {
    const records = await home.table<{ kind: string; pmid: number | null; file: string; note: string | null }>(
      'recorded',
      'sample.pubmed_clinical',
    );
    expect(new Set(records.filter((row) => row.kind === 'article').map((row) => row.pmid)).size).toBe(497);
    const refused = records.filter((row) => row.kind === 'refused').sort((a, b) => (a.file < b.file ? -1 : 1));
    expect(refused.map((row) => row.file)).toEqual(['mixed-2023-100.raw-data-root.xml.gz', 'three-documents-299.not-well-formed.xml.gz']);
    expect(refused[0]!.note).toContain('RAW_DATA');
    expect(refused[1]!.note).toContain('XML declaration');
  });

  test('finds the 27 AI articles, each as read by hand: year, outlet, keywords', async () => {
    const articles = await home.table<Omit<Expected, 'leadCountry'> & { corpus: string }>('recorded', 'sample.articles');
    const found = articles
      .filter((row) => row.corpus === 'pubmed')
      .map(({ pmid, year, journal, keywords }) => ({ pmid, year, journal, keywords: [...keywords].sort() }));
    const wanted = expected.map(({ pmid, year, journal, keywords }) => ({ pmid, year, journal, keywords: [...keywords].sort() }));
    expect(found.sort((a, b) => a.pmid - b.pmid)).toEqual(wanted.sort((a, b) => a.pmid - b.pmid));
  });

  test('finds the lead country of each, by the author that decided it', async () => {
    const leads = await home.table<{ article: string; country: string | null; branch: string }>('recorded', 'sample.lead_country');
    const found = leads.filter((row) => row.article.startsWith('pmid:')).map((row) => [row.article, row.country, row.branch.split('-')[0]]);
    const wanted = expected.map((row) => [`pmid:${row.pmid}`, row.leadCountry, row.leadFrom ?? 'none']);
    expect(found.sort()).toEqual(wanted.sort());
  });

  test('finds exactly the citing links among the recorded works', async () => {
    const focal = new Set((await home.table<{ work: string | null }>('recorded', 'sample.articles')).flatMap((row) => row.work ?? []));
    const short = (id: string): string => id.replace('https://openalex.org/', '');
    const wanted = new Set(
      recordedWorks().flatMap((work) =>
        (work.referenced_works ?? [])
          .map(short)
          .filter((cited) => focal.has(cited))
          .map((cited) => `${short(work.id)} → ${cited}`),
      ),
    );
    const links = await home.table<{ focal: string; citing: string }>('recorded', 'source.openalex_citing_works');
    expect(links.map((row) => `${row.citing} → ${row.focal}`).sort()).toEqual([...wanted].sort());
    expect(links.length).toBeGreaterThan(0);
  });

  test('shows the refused files on the page', async () => {
    const page = readFileSync(path.join(home.dir, 'site', 'recorded', 'index.html'), 'utf8');
    expect(page).toContain('mixed-2023-100.raw-data-root.xml.gz');
    expect(page).not.toContain('Synthetic data.');
  });
});
