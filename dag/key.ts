import { canonicalJson, type Json } from './canonical';
import { sha256 } from './digest';

/** Moves only when the parts or their encoding move. Every cached row carries it. */
export const KEY_VERSION = 1;

/** Covers dag/, store/ and worker/: raise it when those change what a step's rows are, not when they merely get faster. */
export const ENGINE_VERSION = 1;

/** Everything a step's rows depend on. Inputs enter by the digest of their content, so equal rows stop the cascade. */
export interface KeyParts {
  readonly step: string;
  readonly code: string;
  readonly params: Json;
  readonly inputs: Readonly<Record<string, string>>;
  readonly vintage?: string;
}

/** The one piece of work a shard is: its name and the digest of the rows it reads. */
export interface ShardParts {
  readonly name: string;
  readonly input: string | null;
  readonly digest: string;
}

export interface Key {
  readonly key: string;
  /** The very text that was hashed: what explains a key cannot drift from it. */
  readonly text: string;
}

export function stepKey(parts: KeyParts): Key {
  return keyOf('step', parts, {});
}

/** A shard's key leaves out the inputs that were cut into shards: its own piece stands for them. */
export function shardKey(parts: KeyParts, shard: ShardParts, cutInputs: readonly string[]): Key {
  const inputs = Object.fromEntries(Object.entries(parts.inputs).filter(([name]) => !cutInputs.includes(name)));
  return keyOf('shard', { ...parts, inputs }, { shard: { name: shard.name, input: shard.input, digest: shard.digest } });
}

function keyOf(kind: 'step' | 'shard', parts: KeyParts, extra: Record<string, Json>): Key {
  const { step, code, params, inputs, vintage } = parts;
  const body = { keyVersion: KEY_VERSION, engine: ENGINE_VERSION, kind, step, code, params, inputs, ...extra };
  const text = canonicalJson(vintage === undefined ? body : { ...body, vintage });
  return { key: sha256(text), text };
}
