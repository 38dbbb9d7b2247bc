import { buildWorld, truthOf } from '../../simulator/world/build';
import type { FocalTruth, Truth } from '../../simulator/world/truth';

/** A world's truth with what is needed to tell where the paper's rule cannot see it. */
export interface KnownWorld {
  readonly truth: Truth;
  /** Article id of the atlas → its truth: articles within 2000–2022. */
  readonly focal: ReadonlyMap<string, FocalTruth>;
  /** OpenAlex id → whether the service has an abstract of it. */
  readonly abstracts: ReadonlyMap<string, boolean>;
  /** OpenAlex id → ids of its concepts. */
  readonly concepts: ReadonlyMap<string, readonly string[]>;
}

/** The id an article has in the tables. */
export const articleId = ({ corpus, pmid, work }: Pick<FocalTruth, 'corpus' | 'pmid' | 'work'>): string =>
  corpus === 'pubmed' ? `pmid:${pmid}` : `work:${work}`;

const shortId = (id: unknown): string => String(id).split('/').at(-1)!;

/** Builds the same world that the simulator of a study serves. */
export function knownWorld(seed: number, scale: string): KnownWorld {
  const world = buildWorld({ seed, scale });
  const truth = truthOf(world);
  const { works } = world.holdings;
  return {
    truth,
    focal: new Map(truth.articles.filter(({ inWindow }) => inWindow).map((article) => [articleId(article), article])),
    abstracts: new Map(works.map((work) => [shortId(work['id']), work['abstract_inverted_index'] !== null])),
    concepts: new Map(
      works.map((work) => [shortId(work['id']), ((work['concepts'] ?? []) as { id: unknown }[]).map(({ id }) => shortId(id))]),
    ),
  };
}

/** The paper counts a conference work by the concepts it lists; what is life science only by a concept's parents is not seen. */
export const byParentsOnly = ({ lifeScience }: FocalTruth): boolean => lifeScience === 'ancestor';

/** The regions of the paper, whose name for one is shorter. */
export const paperRegion = (region: string | null): string | null =>
  region === 'Latin America and the Caribbean' ? 'Latin America' : region;
