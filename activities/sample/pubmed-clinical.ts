import { BATCH, readShard } from '../reading/pubmed';
import { clinicalInFile, clinicalOf, type ClinicalItem } from '../reading/pubmed-thread';
import pubmedFiles from '../source/pubmed-files';
import pubmedWindows from '../source/pubmed-windows';
import { step } from '../step';

export default step({
  id: 'sample/pubmed-clinical',
  doc: 'Every PubMed record read: one bit per clinical filter, deletions, books, and the files that were refused with their reason',
  queue: 'cpu',
  inputs: { files: pubmedFiles, windows: pubmedWindows },
  params: ({ pubmed }) => ({ onBadFile: pubmed.onBadFile }),
  output: {
    kind: ['text', 'article, book, deleted (a DeleteCitation names it) or refused (the file, see note)'],
    pmid: ['integer', 'PubMed identifier'],
    version: ['smallint', 'version of the record'],
    seq: ['integer', 'reading order of its file'],
    record: ['integer', 'place of the record in its file'],
    file: ['text', 'file or EFetch batch it was read from'],
    year: ['smallint', 'publication year by PubMed'],
    has_abstract: ['boolean', 'whether there is an abstract'],
    broad: ['boolean', 'broad therapy filter (Haynes 2005), title and abstract'],
    narrow: ['boolean', 'narrow therapy filter'],
    balanced: ['boolean', 'balanced therapy filter'],
    note: ['text', 'why a file was refused'],
  },
  shards: ({ files, windows }) => [files.eachRow('name'), windows.eachBatch('pmid', BATCH)],
  async run(run) {
    const { name, seq, rows, refused } = await readShard(run, { inFile: clinicalInFile, task: {}, take: clinicalOf });
    const at = { seq, file: name };
    run.write(rows.flatMap((item, index) => rowsOf(item).map((row) => ({ ...blank, ...at, record: index + 1, ...row }))));
    if (refused !== null) run.write([{ ...blank, ...at, kind: 'refused', pmid: null, record: 0, note: refused }]);
  },
});

const blank = { version: null, year: null, has_abstract: null, broad: null, narrow: null, balanced: null, note: null };

function rowsOf(item: ClinicalItem) {
  if (item.kind === 'book') return [{ kind: 'book', pmid: item.pmid }];
  if (item.kind === 'deleted') return item.pmids.map((pmid) => ({ kind: 'deleted', pmid }));
  const { kind, pmid, version, year, hasAbstract, bits } = item;
  return [{ kind, pmid, version, year, has_abstract: hasAbstract, ...bits }];
}
