import { clinicalBits } from '../../methods/clinical';
import { BATCH, readWhole } from '../reading/pubmed';
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
    let record = 0;
    const blank = { version: null, year: null, has_abstract: null, broad: null, narrow: null, balanced: null, note: null };
    const { rows, refused, source } = await readWhole(run, (item, { name, seq }) => {
      const at = { seq, record: ++record, file: name };
      if (item.kind === 'book') return [{ ...blank, ...at, kind: 'book', pmid: item.pmid }];
      if (item.kind === 'deleted') return item.pmids.map((pmid) => ({ ...blank, ...at, kind: 'deleted', pmid }));
      const { pmid, version, year, title, abstract } = item.record;
      return [{ ...blank, ...at, ...clinicalBits(title, abstract), kind: 'article', pmid, version, year, has_abstract: abstract !== null }];
    });
    run.write(rows.flat());
    if (refused !== null)
      run.write([{ ...blank, kind: 'refused', pmid: null, seq: source.seq, record: 0, file: source.name, note: refused }]);
  },
});
