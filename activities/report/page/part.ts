import type { Markup } from '../../../drawing/markup';
import type { PageData } from '../../../drawing/page-data';

export interface SiteFile {
  path: string;
  text: string;
}

/** One part of the page, in the order of the paper's argument; null where the run has no data for it. */
export interface Part {
  id: string;
  /** Short name in the contents line. */
  label: string;
  markup: Markup;
  files: SiteFile[];
}

/** Shares of fewer articles are marked as small (paper, Fig. 5: "limited to countries with at least 100 publications"). */
export const minimumArticles = 100;

/** "Research atlas, study …, data vintage …, run …": stands under every figure. */
export function sourceLine(data: PageData): string {
  const source = data.synthetic ? 'Synthetic data from the simulator' : 'Source: PubMed and OpenAlex';
  return `${source}, vintage ${data.vintage}; research-atlas, study ${data.study}, run ${data.run}`;
}
