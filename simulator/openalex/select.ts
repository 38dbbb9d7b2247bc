import type { Row } from '../holdings';
import { unknownSelect } from './refusals';

const list = (names: string) => names.split(' ');

export const workSelect = list(
  'id doi title display_name relevance_score publication_year publication_date ids language primary_location sources type type_crossref indexed_in open_access authorships institution_assertions institutions countries_distinct_count institutions_distinct_count corresponding_author_ids corresponding_institution_ids apc_list apc_paid fwci is_authors_truncated has_fulltext fulltext_origin cited_by_count citation_normalized_percentile cited_by_percentile_year biblio is_retracted is_paratext is_xpac primary_topic topics keywords concepts mesh locations_count locations best_oa_location sustainable_development_goals awards funders datasets versions has_content content_urls referenced_works_count referenced_works related_works abstract_inverted_index cited_by_api_url counts_by_year updated_date created_date',
);

export const sourceSelect = list(
  'id issn_l issn display_name host_organization host_organization_name host_organization_lineage works_count oa_works_count cited_by_count summary_stats is_oa is_in_doaj is_core ids homepage_url apc_prices apc_usd country_code societies alternate_titles abbreviated_title type topics first_publication_year last_publication_year counts_by_year works_api_url updated_date created_date',
);

/** Reads `select`; root fields only, and an unknown one is refused with the list of all. */
export function selection(value: string | null, valid: readonly string[]): (row: Row) => unknown {
  if (value === null) return (row) => row;
  const names = value.split(',').map((name) => name.trim());
  for (const name of names) if (!valid.includes(name)) throw unknownSelect(name, valid);
  return (row) => Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
}
