import { sql } from '../../dag/sql';
import { clinicalBits } from '../../methods/clinical';
import { compileKeywords } from '../../methods/keywords';
import { lifeScience, type ConceptTreeRow, type WorkConcept } from '../../methods/topic';
import { buckets } from '../reading/articles';
import conceptTree from '../source/concept-tree';
import openalexConferenceWorks from '../source/openalex-conference-works';
import { step } from '../step';

export default step({
  id: 'sample/conference-matches',
  doc: 'Conference works with a keyword of the study in title or abstract, and whether a life-science concept is among theirs (paper, Methods)',
  queue: 'cpu',
  inputs: { works: openalexConferenceWorks, tree: conceptTree },
  params: ({ keywords, lifeScience: rule }) => ({
    keywords: keywords.entries,
    end: keywords.end,
    spelling: keywords.spelling,
    lifeScience: { concepts: rule.concepts, score: rule.score, inferParents: rule.inferParents },
  }),
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    year: ['smallint', 'publication year by OpenAlex'],
    keywords: ['text[]', "keywords that match, in the list's spelling"],
    life_science: ['boolean', 'whether a level-0 concept of the study is among its concepts'],
    branch: ['text', 'how: level-0 concept listed, or ancestor of a listed one'],
    positive: ['boolean', 'whether such a concept has a score above zero'],
    broad: ['boolean', 'broad therapy filter (Haynes 2005), title and abstract'],
    narrow: ['boolean', 'narrow therapy filter'],
    balanced: ['boolean', 'balanced therapy filter'],
    has_abstract: ['boolean', 'whether there is an abstract'],
  },
  shards: () => buckets,
  async run({ params, shard, inputs, write }) {
    const { keywords, end, spelling } = params;
    const matcher = compileKeywords(keywords, { end, spelling });
    const tree: ConceptTreeRow[] = [];
    for await (const { concept, name, parents } of inputs.tree.rows()) tree.push({ id: concept!, name: name!, parents: parents! });
    for await (const work of inputs.works.rows(sql`substr(work, 2)::bigint % 16 = ${Number(shard.name)}`)) {
      const matched = matcher.match([work.title, work.abstract]);
      if (matched.length === 0) continue;
      const life = lifeScience(work.concepts as unknown as WorkConcept[], params.lifeScience, tree);
      write([
        {
          work: work.work,
          year: work.year,
          keywords: matched,
          life_science: life.lifeScience,
          branch: life.branch,
          positive: life.positiveScore,
          has_abstract: work.abstract !== null,
          ...clinicalBits(work.title, work.abstract),
        },
      ]);
    }
  },
});
