import { compileLifeScience, lifeScienceVariants, type ConceptTreeRow, type LifeScienceRule } from '../../methods/life-science';
import { topic, type WorkConcept } from '../../methods/topic';
import { rowsOf } from './country/tables';

const vision = { id: 'C31972630', level: 1, score: 0.7 };
const ai = { id: 'C154945302', level: 1, score: 0.9 };
const radiology = { id: 'C126838900', level: 1, score: 0.4 };
const excluded = ['C154945302', 'C119857082'];

test('the level-1 concept with the highest score', () => {
  expect(topic([radiology, vision, { id: 'C71924100', level: 0, score: 1 }], { excluded })).toEqual({
    concept: vision.id,
    because: 'highest',
    passedOver: [],
  });
});

test('a purely AI concept is passed over for the next', () => {
  expect(topic([ai, radiology], { excluded })).toEqual({ concept: radiology.id, because: 'next-highest', passedOver: [ai.id] });
});

test('only purely AI concepts, or none of level 1: no topic', () => {
  expect(topic([ai], { excluded })).toMatchObject({ concept: null, because: 'only-excluded' });
  expect(topic([{ id: 'C41008148', level: 0, score: 1 }], { excluded })).toMatchObject({ concept: null, because: 'no-level-1' });
});

test('equal scores go by id as a number, whatever the order', () => {
  const [small, large] = [
    { id: 'C9', level: 1, score: 0 },
    { id: 'C10', level: 1, score: 0 },
  ];
  expect(topic([large, small], { excluded }).concept).toBe('C9');
  expect(topic([small, large], { excluded }).concept).toBe('C9');
});

describe('life science', () => {
  const tree: ConceptTreeRow[] = rowsOf<{ openalex_id: string; display_name: string; parents: string }>('openalex-concepts-l0-l1.csv').map(
    (row) => ({ id: row.openalex_id, name: row.display_name, parents: row.parents.split(';') }),
  );
  const rule: LifeScienceRule = {
    by: 'concepts',
    concepts: ['C71924100', 'C86803240', 'C185592680', 'C15744967'],
    topics: ['domains/1', 'domains/4', 'fields/16', 'fields/32'],
    score: 'any',
    inferParents: false,
  };
  const medicine = (score: number) => ({ id: 'C71924100', level: 0, score });
  const read = (concepts: WorkConcept[], change: Partial<LifeScienceRule> = {}) =>
    compileLifeScience({ ...rule, ...change }, tree).read({ concepts, topics: [] });

  test('any listed concept of the field, score 0 included', () => {
    expect(read([medicine(0)])).toEqual({ lifeScience: true, branch: 'level-0', positiveScore: false });
    expect(read([medicine(0)], { score: 'positive' }).lifeScience).toBe(false);
    expect(read([medicine(0.3)], { score: 0.32 }).lifeScience).toBe(false);
    expect(read([medicine(0.32)], { score: 0.32 }).lifeScience).toBe(true);
  });

  test('parents are inferred only if the study says so', () => {
    expect(read([radiology])).toEqual({ lifeScience: false, branch: null, positiveScore: false });
    expect(read([radiology], { inferParents: true })).toEqual({ lifeScience: true, branch: 'ancestor', positiveScore: true });
    expect(read([vision], { inferParents: true }).lifeScience).toBe(false);
  });

  test('by topics: a subfield, field or domain of the field', () => {
    const topicOf = (field: string, domain: string) => ({ score: 0.9, subfield: 'subfields/1707', field, domain });
    const byTopics = compileLifeScience({ ...rule, by: 'topics' }, tree);
    expect(byTopics.read({ concepts: [medicine(1)], topics: [topicOf('fields/17', 'domains/3')] }).lifeScience).toBe(false);
    const chemistry = topicOf('fields/16', 'domains/3');
    expect(byTopics.read({ concepts: [], topics: [chemistry] })).toEqual({ lifeScience: true, branch: 'topic', positiveScore: true });
    const strict = compileLifeScience({ ...rule, by: 'topics', score: 0.95 }, tree);
    expect(strict.read({ concepts: [], topics: [chemistry] }).lifeScience).toBe(false);
  });

  test('the variants are the rules themselves, and one of them is the study’s', () => {
    const work = { concepts: [medicine(0), { ...radiology, score: 0.33 }], topics: [] };
    expect(compileLifeScience(rule, tree).variants(work)).toEqual([
      'any score',
      'any score, parents inferred',
      'positive score, parents inferred',
      'score ≥ 0.32, parents inferred',
    ]);
    const own = (change: Partial<LifeScienceRule>) =>
      lifeScienceVariants({ ...rule, ...change }).flatMap(({ name, own: is }) => (is ? [name] : []));
    expect(own({})).toEqual(['any score']);
    expect(own({ score: 0.32, inferParents: true })).toEqual(['score ≥ 0.32, parents inferred']);
    expect(own({ score: 0.5 })).toEqual(['as the study says']);
    expect(own({ by: 'topics' })).toEqual(['topics']);
  });
});
