import { z } from 'zod';
import { choice, section, toggle, whole, wordList } from './field';

export const KEYWORD_LISTS = ['baruffaldi-2020', 'liu-2021'] as const;

const conceptId = z.string().regex(/^C\d+$/);
const topicId = z.string().regex(/^(domains|fields|subfields)\/\d+$/);
const keyword = z.string().trim().min(1);
const textFile = z.string().regex(/\.txt$/);
const listOrFile = z.union([z.enum(KEYWORD_LISTS), textFile]);

/** Which articles are in the sample, where they belong, what they are about. */
export const sampleShapes = {
  keywords: {
    list: listOrFile.default('baruffaldi-2020').describe('Keyword list: one that ships, or a .txt file with one keyword a line'),
    add: wordList(keyword, [], 'Keywords beside those of the list'),
    remove: wordList(keyword, [], 'Keywords of the list that are left out'),
    end: choice(['plural', 'exact', 'prefix', 'substring'], 'How the last word of a keyword may end in a text'),
    spelling: choice(['both', 'british'], 'British and American spelling, or as printed'),
    fold: choice(['all', 'case'], 'What makes two texts alike: case, accents, dashes and spaces, or case alone'),
    comparison: listOrFile.nullable().default('liu-2021').describe('Second keyword list, for the comparison of strategies only'),
  },
  lifeScience: {
    by: choice(['concepts', 'topics'], 'Which OpenAlex classification tells a life-science work'),
    concepts: wordList(conceptId, ['C71924100', 'C86803240', 'C185592680', 'C15744967'], 'OpenAlex concepts of the field (level 0 or 1)'),
    topics: wordList(topicId, ['domains/1', 'domains/4', 'fields/16', 'fields/32'], 'OpenAlex domains, fields or subfields of the field'),
    score: z
      .union([z.enum(['any', 'positive']), z.number().positive().max(1)])
      .default('any')
      .describe('Concept score that is asked for: any, positive, or a threshold such as 0.32'),
    inferParents: toggle(false, 'Whether a work also has the parents of its concepts'),
  },
  pool: { dedup: choice(['none', 'work-id', 'id+title'], 'When an article that is in both corpora counts once') },
  lead: {
    role: choice(['last', 'first', 'corresponding'], 'Which author leads an article'),
    order: choice(['author-first', 'source-first'], 'What is tried next without a country: the other source, or the other author'),
    group: choice(['skip', 'count'], 'Whether a group author can be the lead author'),
    several: choice(['first-institution', 'first-string', 'fractional', 'drop'], 'The country of a lead author who has several'),
  },
  regions: {
    politics: choice(['separate', 'merged'], 'Hong Kong, Macao, Taiwan, Kosovo, territories: areas of their own, or with the parent state'),
    unmapped: choice(['keep', 'drop'], 'Articles of a country without a region (Antarctica)'),
  },
  topic: {
    excluded: wordList(conceptId, ['C154945302', 'C119857082'], 'Level-1 concepts that are purely AI, passed over for the next best'),
    topics: whole({ from: 1, to: 284, initial: 40 }, 'Topics in the topic-by-country matrix'),
    countries: whole({ from: 1, to: 250, initial: 40 }, 'Countries in the topic-by-country matrix'),
  },
  clinical: {
    on: toggle(true, 'Whether clinical research is told apart'),
    filter: z
      .union([z.enum(['broad', 'narrow', 'balanced']), textFile])
      .default('broad')
      .describe('Clinical filter on title and abstract: one of Haynes et al., or a .txt file with one rule a line'),
    text: choice(['pubmed-then-openalex', 'openalex'], 'Whose title and abstract the filter reads'),
    randomForests: choice(['keep', 'drop'], 'Whether `random*` may match "random forest" and the like'),
    countries: whole({ from: 1, to: 250, initial: 30 }, 'Countries in the clinical figure'),
  },
};

export const sampleFields = {
  keywords: section(sampleShapes.keywords, 'Which texts are about AI'),
  lifeScience: section(sampleShapes.lifeScience, 'Which conference works are life science'),
  pool: section(sampleShapes.pool, 'How the corpora are pooled'),
  lead: section(sampleShapes.lead, 'The lead author and the lead country'),
  regions: section(sampleShapes.regions, 'Countries and world regions'),
  topic: section(sampleShapes.topic, 'The topic of an article'),
  clinical: section(sampleShapes.clinical, 'Clinical research'),
};
