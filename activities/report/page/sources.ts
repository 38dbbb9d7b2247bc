import type { Study } from '../../../config/study';
import type { PageData } from '../../../drawing/page-data';

type Source = PageData['sources'][number];

const PUBMED: Source = {
  name: 'PubMed',
  terms: 'Courtesy of the U.S. National Library of Medicine; abstracts may be under copyright of their publishers and are not shown',
  citation: 'National Library of Medicine (US). PubMed. Bethesda (MD)',
  note: 'NLM does not endorse this atlas; its data may have changed since the vintage named above',
};

const OPENALEX: Source = {
  name: 'OpenAlex',
  terms: 'CC0',
  citation:
    'Priem, J., Piwowar, H., Orr, R. OpenAlex: A fully-open index of scholarly works, authors, venues, institutions, and concepts. arXiv:2205.01833 (2022)',
  note: 'Works, conferences, countries, concepts and citing links',
};

const METHOD: Source = {
  name: 'Method',
  terms: 'CC BY 4.0',
  citation:
    'Schmallenbach, L., Bärnighausen, T. W., Lerchenmueller, M. J. The global geography of artificial intelligence in life science research. Nature Communications 15, 7527 (2024)',
  note: 'The rules of this atlas, and the numbers it is held against',
};

const MAP: Source = {
  name: 'Natural Earth',
  terms: 'Public domain',
  citation: 'Made with Natural Earth, 1:110m',
  note: 'Boundaries imply no position',
};

/** Where the numbers of a page come from, with their terms. */
export function sources(study: Study): Source[] {
  const world: Source = {
    name: 'Synthetic world',
    terms: 'MIT, part of the program',
    citation: `research-atlas simulator, seed ${study.world.seed}`,
    note: 'Every article, author and link on this page is invented',
  };
  return study.world.kind === 'synthetic' ? [world, METHOD, MAP] : [PUBMED, OPENALEX, METHOD, MAP];
}
