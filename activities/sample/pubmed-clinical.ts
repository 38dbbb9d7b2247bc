import { clinicalColumns, clinicalNames, ownFilter } from '../reading/clinical';
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
  params: (study) => ({ onBadFile: study.pubmed.onBadFile, filter: ownFilter(study) }),
  output: {
    kind: ['text', 'article, book, deleted (a DeleteCitation names it) or refused (the file, see note)'],
    pmid: ['integer', 'PubMed identifier'],
    version: ['smallint', 'version of the record'],
    seq: ['integer', 'reading order of its file'],
    record: ['integer', 'place of the record in its file'],
    file: ['text', 'file or EFetch batch it was read from'],
    year: ['smallint', 'publication year by PubMed'],
    has_abstract: ['boolean', 'whether there is an abstract'],
    ...clinicalColumns,
    note: ['text', 'why a file was refused'],
  },
  shards: ({ files, windows }) => [files.eachRow('name'), windows.eachBatch('pmid', BATCH)],
  async run(run) {
    const { filter } = run.params;
    const { name, seq, rows, refused } = await readShard(run, {
      inFile: clinicalInFile,
      task: { filter },
      take: (item) => clinicalOf(item, filter ?? undefined),
    });
    const at = { seq, file: name };
    run.write(rows.flatMap((item, index) => rowsOf(item).map((row) => ({ ...blank, ...at, record: index + 1, ...row }))));
    if (refused !== null) run.write([{ ...blank, ...at, kind: 'refused', pmid: null, record: 0, note: refused }]);
  },
});

const noBits = Object.fromEntries(clinicalNames.map((name) => [name, null])) as Record<(typeof clinicalNames)[number], null>;
const blank = { ...noBits, version: null, year: null, has_abstract: null, note: null };

function rowsOf(item: ClinicalItem) {
  if (item.kind === 'book') return [{ kind: 'book', pmid: item.pmid }];
  if (item.kind === 'deleted') return item.pmids.map((pmid) => ({ kind: 'deleted', pmid }));
  const { kind, pmid, version, year, hasAbstract, bits } = item;
  return [{ kind, pmid, version, year, has_abstract: hasAbstract, ...bits }];
}
