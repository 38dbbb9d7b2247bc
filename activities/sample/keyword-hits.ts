import { keywordColumns, keywordReader, strategiesOf } from '../reading/keyword-hits';
import { BATCH, readShard } from '../reading/pubmed';
import { hitOf, hitsInFile } from '../reading/pubmed-thread';
import pubmedFiles from '../source/pubmed-files';
import pubmedWindows from '../source/pubmed-windows';
import { step } from '../step';

export default step({
  id: 'sample/keyword-hits',
  doc: 'PubMed records with a keyword under any rule, or of the compared list, in title or abstract; one shard per file, all years. Those of the study are read in full',
  queue: 'cpu',
  inputs: { files: pubmedFiles, windows: pubmedWindows },
  params: (study) => ({ ...strategiesOf(study), onBadFile: study.pubmed.onBadFile }),
  output: {
    pmid: ['integer', 'PubMed identifier'],
    version: ['smallint', 'version of the record; the highest of a file wins'],
    seq: ['integer', 'reading order of its file; the latest wins'],
    record: ['integer', 'place of the record in its file'],
    file: ['text', 'file or EFetch batch it was read from'],
    year: ['smallint', 'publication year by PubMed: PubDate, else MedlineDate, else ArticleDate, else entry date'],
    publication_types: ['text[]', 'publication types, as given'],
    ...keywordColumns,
    title: ['text', 'title, markup opened up; from here on null unless matched'],
    abstract: ['text', 'abstract parts joined by line breaks; null without any'],
    journal: ['text', 'journal title'],
    nlm_id: ['text', 'NlmUniqueID of the journal'],
    issns: ['text[]', 'ISSNs of the journal, print, electronic and linking'],
    doi: ['text', 'DOI, lower case'],
    language: ['text[]', 'languages, as given'],
    authors: ['jsonb', 'byline in order: [{ personal, affiliations }]'],
  },
  shards: ({ files, windows }) => [files.eachRow('name'), windows.eachBatch('pmid', BATCH)],
  async run(run) {
    const { read } = keywordReader(run.params);
    const { name, seq, rows } = await readShard(run, {
      inFile: hitsInFile,
      task: { keywords: run.params },
      take: (item, place) => (item.kind === 'article' ? hitOf(item.record, place, read) : null),
    });
    run.write(rows.map((hit) => ({ ...hit, seq, file: name })));
  },
});
