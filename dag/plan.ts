import { canonicalJson } from './canonical';
import type { Code } from './closure';
import { whyRun, type Cue, type CueParts } from './cues';
import { sha256 } from './digest';
import type { Graph } from './graph';
import { changedInputs, changeName, movedByInput, type CountMoved } from './moved-rows';
import { stepKey, type KeyParts } from './key';
import type { ShardSource, ShardTask } from './shards';
import { shardsOf, type PlannedShard } from './step-shards';
import type { AnyStep } from './step';

/** A result that is complete, checked and found by its key. */
export interface Sealed {
  readonly result: number;
  readonly digest: string;
  readonly rows: number;
}

export interface PlannedStep {
  readonly step: string;
  /** Null while the rows of an input are not known yet. */
  readonly key: string | null;
  /** The key; while it is not known, the digest of what is known of it and of whether the step is forced: two waiting steps differ by it. */
  readonly outline: string;
  readonly action: 'hit' | 'run' | 'wait';
  readonly cues: readonly Cue[];
  /** What the step would be made from now, as people compare it; two plans differ by it. */
  readonly parts: CueParts;
  readonly sealed: Sealed | null;
  readonly shards: readonly PlannedShard[];
  /** Keys of the shards that no earlier work has done. */
  readonly missing: readonly string[];
}

/** What happened to a step before this run, as far as a cue needs it. */
export interface StepHistory {
  /** Null when it was never sealed. */
  readonly parts: CueParts | null;
  readonly failed: string | null;
}

/** What the planner asks of the world; the store answers from Postgres, tests from memory. */
export interface PlanWorld {
  results(keys: readonly string[]): Promise<ReadonlyMap<string, Sealed>>;
  doneShards(keys: readonly string[]): Promise<ReadonlySet<string>>;
  cut(step: AnyStep, sources: readonly ShardSource[], inputs: Readonly<Record<string, Sealed>>): AsyncIterable<ShardTask>;
  history(steps: readonly string[]): Promise<ReadonlyMap<string, StepHistory>>;
  moved: CountMoved;
}

/** What of a step's key does not come from its inputs. */
export interface Ground {
  readonly study: unknown;
  readonly codes: ReadonlyMap<string, Code>;
  readonly vintage: string;
}

export interface PlanRequest extends Ground {
  readonly graph: Graph;
  readonly forced: ReadonlySet<string>;
  /** Steps this run has sealed already: they are taken as they are, forced or not. */
  readonly pinned: ReadonlyMap<string, Sealed>;
  readonly world: PlanWorld;
  /** Steps whose shards are wanted; all when it is left out. */
  readonly cut?: ReadonlySet<string>;
  /** Keys that are known already, for one that plans again and again; worked out when it is left out. */
  readonly keyOf?: (parts: KeyParts) => string;
}

/**
 * What a run would do, step by step: a step whose inputs are all sealed has a key, a key that was seen is a hit, hits propagate.
 * Layer by layer, one question of each kind per layer.
 */
export async function makePlan(request: PlanRequest): Promise<PlannedStep[]> {
  const planned = new Map<string, PlannedStep>();
  for (const layer of layers(request.graph)) {
    const keyed = layer.map((step) => keyedStep(step, request, planned));
    const found = await request.world.results(keyed.flatMap(({ key }) => (key === null ? [] : [key])));
    // Reasons are asked for where there is something to do: a graph that is current asks for none.
    const misses = keyed.filter((item) => sealedOf(item, request, found) === null).map(({ step }) => step.id);
    const history = misses.length === 0 ? NO_HISTORY : await request.world.history(misses);
    const counted = await countMoved(keyed, request, { planned, history });
    const drafts = await Promise.all(keyed.map((item) => draftOf(item, request, { planned, found, history, counted })));
    const wanted = drafts.flatMap((draft) => draft.shards.map((shard) => shard.key));
    const done = wanted.length === 0 ? NO_SHARDS : await request.world.doneShards(wanted);
    for (const draft of drafts) planned.set(draft.step, withMissing(draft, done, request.forced));
  }
  return request.graph.order.map((step) => planned.get(step.id)!);
}

/** Over what will happen, never over what it may cost: equal fingerprints mean equal work. */
export function fingerprint(plan: readonly PlannedStep[], vintage: string): string {
  const steps = plan.map(({ step, key, outline, action, missing }) => [step, key ?? outline, action, action === 'hit' ? [] : missing]);
  return sha256(canonicalJson(['plan', 1, vintage, steps]));
}

const NO_HISTORY: ReadonlyMap<string, StepHistory> = new Map();
const NONE_COUNTED: Known['counted'] = new Map();
const NO_SHARDS: ReadonlySet<string> = new Set();

/** A step with its key; both null while the rows of an input are not known. */
interface Keyed {
  readonly step: AnyStep;
  readonly parts: KeyParts | null;
  readonly key: string | null;
}

function keyedStep(step: AnyStep, request: PlanRequest, planned: Known['planned']): Keyed {
  const keyOf = request.keyOf ?? ((known) => stepKey(known).key);
  const parts = keyParts(step, request, inputDigests(step, planned));
  return { step, parts, key: parts === null ? null : keyOf(parts) };
}

/** What stands in for the step's work: what this run has sealed, or what was found by key unless it is forced. */
function sealedOf({ step, key }: Keyed, request: PlanRequest, found: ReadonlyMap<string, Sealed>): Sealed | null {
  if (key === null) return null;
  const pinned = request.pinned.get(step.id);
  return pinned ?? (request.forced.has(step.id) ? null : (found.get(key) ?? null));
}

interface Known {
  readonly planned: ReadonlyMap<string, PlannedStep>;
  readonly found: ReadonlyMap<string, Sealed>;
  readonly history: ReadonlyMap<string, StepHistory>;
  readonly counted: Awaited<ReturnType<CountMoved>>;
}

/** How many rows moved in the inputs that changed, each change asked for once. Only steps that would run have a history here. */
async function countMoved(
  keyed: readonly Keyed[],
  request: PlanRequest,
  known: Pick<Known, 'planned' | 'history'>,
): Promise<Known['counted']> {
  const changes = keyed.flatMap((item) => {
    const before = known.history.get(item.step.id)?.parts;
    return before == null ? [] : [...changedInputs(before, nowOf(item, request, known)).values()];
  });
  if (changes.length === 0) return NONE_COUNTED;
  return request.world.moved([...new Map(changes.map((change) => [changeName(change), change])).values()]);
}

async function draftOf(item: Keyed, request: PlanRequest, known: Known): Promise<PlannedStep> {
  const { step, parts, key } = item;
  const now = nowOf(item, request, known);
  const forced = request.forced.has(step.id);
  const sealed = sealedOf(item, request, known.found);
  const outline = key ?? outlineOf(step, now, request);
  const base = { step: step.id, outline, key, parts: now, sealed, shards: [], missing: [] };
  if (sealed !== null) return { ...base, action: 'hit', cues: [] };
  const cues = cuesOf(now, { forced, before: known.history.get(step.id), counted: known.counted });
  if (parts === null) return { ...base, action: 'wait', cues };
  const wanted = request.cut?.has(step.id) ?? true;
  return { ...base, action: 'run', cues, shards: wanted ? await cutOf(step, parts, request, known.planned) : [] };
}

function withMissing(draft: PlannedStep, done: ReadonlySet<string>, forced: ReadonlySet<string>): PlannedStep {
  const missing = draft.shards.map((shard) => shard.key).filter((key) => forced.has(draft.step) || !done.has(key));
  return { ...draft, missing };
}

async function cutOf(step: AnyStep, parts: KeyParts, { world }: PlanRequest, planned: Known['planned']): Promise<PlannedShard[]> {
  const found = new Map<string, PlannedShard>();
  const shards = shardsOf(step, parts, (sources) => world.cut(step, sources, sealedInputs(step, planned)));
  for await (const shard of shards) if (!found.has(shard.key)) found.set(shard.key, shard);
  return [...found.values()];
}

/** What a step's rows depend on; null while the rows of an input are not known. */
export function keyParts(step: AnyStep, ground: Ground, digests: Readonly<Record<string, string | null>>): KeyParts | null {
  if (Object.values(digests).some((digest) => digest === null)) return null;
  const parts = {
    step: step.id,
    code: ground.codes.get(step.id)!.digest,
    params: step.params(ground.study),
    inputs: digests as Record<string, string>,
  };
  return step.vintage ? { ...parts, vintage: ground.vintage } : parts;
}

function outlineOf({ id }: AnyStep, now: CueParts, { codes, forced }: PlanRequest): string {
  return sha256(canonicalJson([codes.get(id)!.digest, now.params, now.inputs, now.vintage, forced.has(id)]));
}

function nowOf({ step, parts }: Keyed, request: PlanRequest, known: Pick<Known, 'planned'>): CueParts {
  return {
    code: request.codes.get(step.id)!.parts,
    params: parts === null ? step.params(request.study) : parts.params,
    inputs: inputDigests(step, known.planned),
    vintage: step.vintage ? request.vintage : null,
    rows: inputRows(step, known.planned),
  };
}

interface Past {
  readonly forced: boolean;
  readonly before: StepHistory | undefined;
  readonly counted: Known['counted'];
}

function cuesOf(now: CueParts, { forced, before, counted }: Past): Cue[] {
  const moved = movedByInput(changedInputs(before?.parts, now), counted);
  const candidate = { forced, failed: before?.failed ?? null, outputMissing: false, before: before?.parts ?? null, now, moved };
  const cues = whyRun(candidate);
  return cues.length > 0 ? cues : whyRun({ ...candidate, outputMissing: true });
}

function inputDigests(step: AnyStep, planned: Known['planned']): Record<string, string | null> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, planned.get(input.id)!.sealed?.digest ?? null]));
}

function inputRows(step: AnyStep, planned: Known['planned']): Record<string, number | null> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, planned.get(input.id)!.sealed?.rows ?? null]));
}

function sealedInputs(step: AnyStep, planned: Known['planned']): Record<string, Sealed> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, planned.get(input.id)!.sealed!]));
}

/** Steps by depth: all inputs of a layer stand in earlier layers. */
function layers(graph: Graph): AnyStep[][] {
  const depth = new Map<string, number>();
  const found: AnyStep[][] = [];
  for (const step of graph.order) {
    const own = Math.max(-1, ...Object.values(step.inputs).map((input) => depth.get(input.id)!)) + 1;
    depth.set(step.id, own);
    (found[own] ??= []).push(step);
  }
  return found;
}
