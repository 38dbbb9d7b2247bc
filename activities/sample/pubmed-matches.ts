import { sql } from '../../dag/sql';
import { step } from '../step';
import keywordHits from './keyword-hits';
import pubmedClinical from './pubmed-clinical';

export default step({
  id: 'sample/pubmed-matches',
  doc: 'PubMed records with a keyword of the study in title or abstract, under its rule; all years (paper, Methods)',
  inputs: { hits: keywordHits, records: pubmedClinical },
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
    places: ['jsonb', '{ keyword: [title, or abstract and the number of the part] }'],
    authors: ['jsonb', 'byline in order: [{ personal, affiliations }]'],
  },
  index: ['pmid'],
  // A file counts whole or not at all: the scan for keywords does not see faults of records without any.
  sql: ({ hits, records }) => sql`
    select distinct on (pmid, seq, record) pmid, version, seq, record, file, year, title, abstract, journal, nlm_id, issns, doi, publication_types, language, keywords, places, authors
    from ${hits} as h where matched and not exists (select from ${records} as r where r.kind = 'refused' and r.file = h.file)
    order by pmid, seq, record, file`,
});
