export {
  compileConferenceMatcher,
  coreHighRanked,
  normaliseTitle,
  type ConferenceMatch,
  type ConferenceSource,
  type CoreRow,
} from './conference';

/** A journal in one category of a ranking, as `clients/rankings` reads it. */
export interface JournalRow {
  /** `NNNN-NNNX`, all that are known; may be empty, and the journal still takes its rank. */
  issns: readonly string[];
  title: string;
  category: string;
  /** SCIE, SSCI…: categories of one name in two editions are two categories. */
  edition: string;
  /** Impact factor or its substitute; null: not ranked. */
  metric: number | null;
}

export interface JournalRank {
  category: string;
  edition: string;
  rank: number;
}

export interface TopRule {
  /** Ranks of equal journals: 1, 1, 3 (competition) or 1, 1, 2 (dense). */
  ties?: 'competition' | 'dense';
  /** SCImago's categories named "(miscellaneous)". */
  miscellaneous?: 'keep' | 'drop';
}

/**
 * Journals among the first of a category by the metric, each with its best rank over its categories (paper, Methods: the three highest
 * ranked). Keyed by every ISSN of the journal. Rows must be of one year: a vintage is never mixed.
 */
export function topThree(rows: readonly JournalRow[], top = 3, rule: TopRule = {}): Map<string, JournalRank> {
  const best = new Map<string, JournalRank>();
  for (const journals of categoriesOf(rows, rule).values()) {
    for (const { row, rank } of ranked(journals, rule.ties ?? 'competition')) {
      if (rank > top) break;
      for (const issn of row.issns) keepBest(best, issn, { category: row.category, edition: row.edition, rank });
    }
  }
  return best;
}

/** One row for each journal of a category: files of a ranking may overlap. */
function categoriesOf(rows: readonly JournalRow[], { miscellaneous }: TopRule): Map<string, Map<string, JournalRow>> {
  const categories = new Map<string, Map<string, JournalRow>>();
  for (const row of rows) {
    if (row.metric === null || (miscellaneous === 'drop' && /\(miscellaneous\)$/u.test(row.category))) continue;
    const key = JSON.stringify([row.category, row.edition]);
    const journals = categories.get(key) ?? new Map<string, JournalRow>();
    journals.set(row.issns[0] ?? row.title, row);
    categories.set(key, journals);
  }
  return categories;
}

function ranked(journals: ReadonlyMap<string, JournalRow>, ties: 'competition' | 'dense'): { row: JournalRow; rank: number }[] {
  const sorted = [...journals.values()].sort((a, b) => b.metric! - a.metric!);
  let rank = 0;
  return sorted.map((row, at) => {
    if (at === 0 || row.metric !== sorted[at - 1]!.metric) rank = ties === 'dense' ? rank + 1 : at + 1;
    return { row, rank };
  });
}

/** Equal ranks go by category name, so that the answer does not depend on the order of the file. */
function keepBest(best: Map<string, JournalRank>, issn: string, rank: JournalRank): void {
  const known = best.get(issn);
  const label = ({ category, edition }: JournalRank): string => `${category}\n${edition}`;
  if (known === undefined || rank.rank < known.rank || (rank.rank === known.rank && label(rank) < label(known))) best.set(issn, rank);
}
