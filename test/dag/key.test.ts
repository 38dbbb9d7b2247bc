import { canonicalJson } from '../../dag/canonical';
import { sha256 } from '../../dag/digest';
import { shardKey, stepKey, type KeyParts } from '../../dag/key';

const parts: KeyParts = {
  step: 'sample/articles',
  code: 'c0de',
  params: { years: { from: 2000, to: 2022 }, keywords: ['robot', 'neural network'] },
  inputs: { matches: 'aa', links: 'bb' },
};
const shard = { name: '2022', input: 'links', digest: 'dd' };

// NEVER edit these two. When one moves, every cached row of every user is computed again: raise KEY_VERSION in dag/key.ts if that is
// meant (and only then put in the new texts), find out what moved if it is not.
const GOLDEN_STEP_KEY = '0109ce0f2744dc948d36d80a6edf779bea4ced27585f06863a09b8fce51727d3';
const GOLDEN_SHARD_KEY = 'f387696a7480e3561d97674fb529d341acac53d4715ce20eb86ec4f8d8f09eb4';

test('a fixed step and a fixed shard keep their keys for good', () => {
  expect(stepKey({ ...parts, vintage: '2024-07' }).key).toBe(GOLDEN_STEP_KEY);
  expect(shardKey(parts, shard, ['links']).key).toBe(GOLDEN_SHARD_KEY);
});

test('the key is the sha256 of the text beside it, which is canonical JSON of all parts', () => {
  const { key, text } = stepKey(parts);
  expect(key).toBe(sha256(text));
  expect(canonicalJson(JSON.parse(text))).toBe(text);
  expect(JSON.parse(text)).toEqual({ keyVersion: 1, engine: 1, kind: 'step', ...parts });
});

test.each<[string, KeyParts]>([
  ['the step', { ...parts, step: 'sample/topic' }],
  ['the code', { ...parts, code: 'c0df' }],
  ['a parameter', { ...parts, params: { ...(parts.params as object), keywords: ['robots', 'neural network'] } }],
  ['the order of a list', { ...parts, params: { ...(parts.params as object), keywords: ['neural network', 'robot'] } }],
  ['the digest of an input', { ...parts, inputs: { ...parts.inputs, links: 'bc' } }],
  ['the name of an input', { ...parts, inputs: { matches: 'aa', linked: 'bb' } }],
  ['one input more', { ...parts, inputs: { ...parts.inputs, regions: 'ee' } }],
  ['a vintage', { ...parts, vintage: '2024-07' }],
])('%s moves the key of the step and of its shards', (_name, other) => {
  expect(stepKey(other).key).not.toBe(stepKey(parts).key);
  expect(shardKey(other, shard, []).key).not.toBe(shardKey(parts, shard, []).key);
});

test('nothing else moves it: not the order of names, not what a caller carries along', () => {
  const turned = {
    host: 'elsewhere',
    run: 7,
    inputs: { links: 'bb', matches: 'aa' },
    params: { keywords: ['robot', 'neural network'], years: { to: 2022, from: 2000 } },
    code: parts.code,
    step: parts.step,
  };
  expect(stepKey(turned)).toEqual(stepKey(parts));
  expect(shardKey(turned, { ...shard, ...{ value: 1 } }, [])).toEqual(shardKey(parts, shard, []));
});

test('a shard is told by its name, its input and its digest, and apart from a step', () => {
  const keys = [
    shardKey(parts, shard, []),
    shardKey(parts, { ...shard, name: '2021' }, []),
    shardKey(parts, { ...shard, input: null }, []),
    shardKey(parts, { ...shard, digest: 'de' }, []),
    stepKey(parts),
  ].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('other rows of the input a shard was cut from leave it alone; other rows of its other inputs do not', () => {
  const moreLinks = { ...parts, inputs: { ...parts.inputs, links: 'new' } };
  const moreMatches = { ...parts, inputs: { ...parts.inputs, matches: 'new' } };
  expect(shardKey(moreLinks, shard, ['links'])).toEqual(shardKey(parts, shard, ['links']));
  expect(shardKey(moreMatches, shard, ['links']).key).not.toBe(shardKey(parts, shard, ['links']).key);
});
