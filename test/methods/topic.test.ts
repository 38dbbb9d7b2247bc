import { lifeScience, topic, type ConceptTreeRow } from '../../methods/topic';
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
  const rule = { concepts: ['C71924100', 'C86803240', 'C185592680', 'C15744967'], score: 'any', inferParents: false } as const;
  const medicine = (score: number) => ({ id: 'C71924100', level: 0, score });

  test('any listed concept of the field, score 0 included', () => {
    expect(lifeScience([medicine(0)], rule, tree)).toEqual({ lifeScience: true, branch: 'level-0', positiveScore: false });
    expect(lifeScience([medicine(0)], { ...rule, score: 'positive' }, tree).lifeScience).toBe(false);
    expect(lifeScience([medicine(0.3)], { ...rule, score: 0.32 }, tree).lifeScience).toBe(false);
  });

  test('parents are inferred only if the study says so', () => {
    expect(lifeScience([radiology], rule, tree)).toEqual({ lifeScience: false, branch: null, positiveScore: false });
    expect(lifeScience([radiology], { ...rule, inferParents: true }, tree)).toEqual({
      lifeScience: true,
      branch: 'ancestor',
      positiveScore: true,
    });
    expect(lifeScience([vision], { ...rule, inferParents: true }, tree).lifeScience).toBe(false);
  });
});
