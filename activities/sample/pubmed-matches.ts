import type { PubmedRecord } from '../../clients/pubmed/record';
import { compileKeywords } from '../../methods/keywords';
import { BATCH, readShard } from '../reading/pubmed';
import { matchesInFile, matchOf } from '../reading/pubmed-thread';
import pubmedFiles from '../source/pubmed-files';
import pubmedWindows from '../source/pubmed-windows';
import { step } from '../step';

export default step({
  id: 'sample/pubmed-matches',
  doc: 'PubMed records with a keyword of the study in title or abstract; one shard per file, all years',
  queue: 'cpu',
  inputs: { files: pubmedFiles, windows: pubmedWindows },
  params: ({ keywords, pubmed }) => ({
    keywords: keywords.entries,
    end: keywords.end,
    spelling: keywords.spelling,
    onBadFile: pubmed.onBadFile,
  }),
  output: {
    pmid: ['integer', 'PubMed identifier'],
    version: ['smallint', 'version of the record; the highest of a file wins'],
    seq: ['integer', 'reading order of its file; the latest wins'],
    record: ['integer', 'place of the record in its file'],
    file: ['text', 'file or EFetch batch it was read from'],
    year: ['smallint', 'publication year by PubMed: PubDate, else MedlineDate, else ArticleDate, else entry date'],
    title: ['text', 'title, markup opened up'],
    abstract: ['text', 'abstract parts joined by line breaks; null without any'],
    journal: ['text', 'journal title'],
    nlm_id: ['text', 'NlmUniqueID of the journal'],
    issns: ['text[]', 'ISSNs of the journal, print, electronic and linking'],
    doi: ['text', 'DOI, lower case'],
    publication_types: ['text[]', 'publication types, as given'],
    language: ['text[]', 'languages, as given'],
    keywords: ['text[]', "keywords that match, in the list's spelling"],
    authors: ['jsonb', 'byline in order: [{ personal, affiliations }]'],
  },
  shards: ({ files, windows }) => [files.eachRow('name'), windows.eachBatch('pmid', BATCH)],
  async run(run) {
    const { keywords: list, end, spelling } = run.params;
    const rule = { end, spelling };
    const { match } = compileKeywords(list, rule);
    const { name, seq, rows } = await readShard(run, {
      inFile: matchesInFile,
      task: { keywords: { list, rule } },
      take: (item, place) => (item.kind === 'article' ? matchOf(item.record, place, match) : null),
    });
    run.write(rows.map(({ record, place, keywords }) => ({ ...row(record), seq, record: place, file: name, keywords })));
  },
});

function row({ nlmUniqueId, publicationTypes, authors, ...record }: PubmedRecord) {
  const { pmid, version, year, title, abstract, journal, issns, doi, language } = record;
  return {
    pmid,
    version,
    year,
    title,
    abstract,
    journal,
    nlm_id: nlmUniqueId,
    issns,
    doi,
    publication_types: publicationTypes,
    language,
    authors: authors.map((author) => ({ personal: author.collective === null, affiliations: author.affiliations })),
  };
}
