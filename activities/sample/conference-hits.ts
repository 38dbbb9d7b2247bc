import { sql } from '../../dag/sql';
import { clinicalBits } from '../../methods/clinical';
import { compileLifeScience, type ConceptTreeRow, type WorkTopic } from '../../methods/life-science';
import type { WorkConcept } from '../../methods/topic';
import { buckets } from '../reading/articles';
import { clinicalColumns, ownFilter } from '../reading/clinical';
import { keywordColumns, keywordReader, strategiesOf } from '../reading/keyword-hits';
import conceptTree from '../source/concept-tree';
import openalexConferenceWorks from '../source/openalex-conference-works';
import { step } from '../step';

export default step({
  id: 'sample/conference-hits',
  doc: 'Conference works with a keyword under any rule, or of the compared list, in title or abstract, and by which rules each is life science',
  queue: 'cpu',
  inputs: { works: openalexConferenceWorks, tree: conceptTree },
  params: (study) => ({ ...strategiesOf(study), lifeScience: study.lifeScience, filter: ownFilter(study) }),
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    year: ['smallint', 'publication year by OpenAlex'],
    retracted: ['boolean', 'flagged as retracted'],
    ...keywordColumns,
    life_science: ['boolean', 'whether it belongs to the field of the study, by its rule'],
    branch: ['text', 'how: level-0 concept listed, ancestor of a listed one, or topic'],
    positive: ['boolean', 'whether such a concept has a score above zero'],
    life_science_rules: ['text[]', 'rules under which it belongs to the field'],
    has_abstract: ['boolean', 'whether there is an abstract'],
    ...clinicalColumns,
  },
  shards: () => buckets,
  async run({ params, shard, inputs, write }) {
    const reader = keywordReader(params);
    const tree: ConceptTreeRow[] = [];
    for await (const { concept, name, parents } of inputs.tree.rows()) tree.push({ id: concept!, name: name!, parents: parents! });
    const field = compileLifeScience(params.lifeScience, tree);
    for await (const row of inputs.works.rows(sql`substr(work, 2)::bigint % 16 = ${Number(shard.name)}`)) {
      const { work, year, retracted, title, abstract } = row;
      const reading = reader.read(title, abstract?.split('\n') ?? []);
      if (reading === null) continue;
      const classified = { concepts: row.concepts as unknown as WorkConcept[], topics: row.topics as unknown as WorkTopic[] };
      const { lifeScience, branch, positiveScore } = field.read(classified);
      write([
        {
          ...{ work, year, retracted, ...reading, branch, life_science: lifeScience, positive: positiveScore },
          life_science_rules: field.variants(classified),
          has_abstract: abstract !== null,
          ...clinicalBits(title, abstract, params.filter ?? undefined),
        },
      ]);
    }
  },
});
