/** What is said to a request that begins past the hits that can be had. */
export const pastCap = (cap: number) =>
  `Search Backend failed: Exception:\n'retstart' cannot be larger than ${cap - 1}. For PubMed, ESearch can only retrieve the first ${cap.toLocaleString('en-US')} records matching the query. To obtain more than ${cap.toLocaleString('en-US')} PubMed records, consider using <EDirect> that contains additional logic to batch PubMed search results automatically so that an arbitrary number can be retrieved.`;
