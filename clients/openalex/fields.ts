/**
 * The fields asked for, per kind of request. Frozen: they are part of the request text under which answers are archived, so a changed list
 * asks (and pays) for everything of its kind again. A field more costs bytes, a field forgotten costs the whole crawl.
 */

const work = [
  'id',
  'doi',
  'ids',
  'title',
  'publication_year',
  'publication_date',
  'type',
  'language',
  'primary_location',
  'authorships',
  'concepts',
  'topics',
  'primary_topic',
  'is_retracted',
  'indexed_in',
  'cited_by_count',
  'referenced_works_count',
  'updated_date',
] as const;

export const fields = {
  /** Works of PubMed articles. The abstract stands in where PubMed has none; `indexed_in` decides between several works of one PMID. */
  link: [...work, 'abstract_inverted_index'].join(','),
  /** Works of conferences. PubMed has no text of theirs, so keywords are matched in this abstract. */
  conference: [...work, 'abstract_inverted_index'].join(','),
  /** Works that cite the sample. The references say whom; text and concepts say whether the citing work is clinical or of the life sciences. */
  citing:
    'id,ids,doi,publication_year,publication_date,type,language,is_retracted,title,abstract_inverted_index,concepts,primary_topic,primary_location,authorships,referenced_works',
  /** Conference series. Names and ISSNs find the series in the CORE ranking. */
  source: 'id,display_name,alternate_titles,type,issn,issn_l,host_organization_name,works_count,updated_date',
} as const;

export type WorkKind = Exclude<keyof typeof fields, 'source'>;
