import { canonicalJson } from '../../dag/canonical';
import { defineStep } from '../../dag/define';
import { sha256 } from '../../dag/digest';
import { below, buildGraph, type Graph } from '../../dag/graph';
import { makePlan, type PlannedStep, type PlanRequest, type PlanWorld, type Sealed, type StepHistory } from '../../dag/plan';
import { taskOfRow, type InputCut, type ShardSource } from '../../dag/shards';
import type { AnyStep } from '../../dag/step';

/** A step of a random graph. Without inputs it is a source; a sharded one has a shard per row of its first input. */
export interface NodeSpec {
  readonly inputs: readonly number[];
  readonly sharded: boolean;
}

/** All that a user may edit. */
export interface Edition {
  readonly vintage: string;
  readonly steps: readonly { readonly code: number; readonly factor: number; readonly rows: readonly number[] }[];
}

const step = defineStep<Edition, null>();
export const idOf = (index: number): string => `sample/s${index}`;
const indexOf = (id: string): number => Number(id.slice('sample/s'.length));

const cutByFirst = (cuts: Readonly<Record<string, InputCut>>): ShardSource => Object.values(cuts)[0]!.eachRow('n');

export function graphOf(specs: readonly NodeSpec[]): Graph {
  const made: AnyStep[] = [];
  for (const [index, spec] of specs.entries()) {
    const inputs = Object.fromEntries(spec.inputs.map((at) => [`i${at}`, made[at]!]));
    const isSource = spec.inputs.length === 0;
    made.push(
      step({
        id: idOf(index),
        doc: 'A step.',
        inputs,
        vintage: isSource,
        params: ({ steps }: Edition) => (isSource ? steps[index]!.rows : steps[index]!.factor),
        output: { n: ['integer', 'a number'] },
        ...(spec.sharded && !isSource ? { shards: cutByFirst } : {}),
        run: () => Promise.resolve(),
      }),
    );
  }
  return buildGraph(made);
}

/** What a run did: the keys it worked on, shard by shard, and the steps that failed. */
export interface Done {
  readonly work: readonly { readonly step: string; readonly key: string; readonly shards: readonly string[] }[];
  readonly failed: readonly string[];
  readonly digests: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly force?: readonly string[];
  readonly fail?: readonly string[];
}

/** The store and the workflow in memory: the same questions and the same loop, without Postgres and Temporal. */
export class MemoryWorld implements PlanWorld {
  readonly #results = new Map<string, Sealed>();
  readonly #rows = new Map<number, readonly number[]>();
  readonly #shards = new Map<string, readonly number[]>();
  readonly #history = new Map<string, StepHistory>();

  constructor(readonly graph: Graph) {}

  results: PlanWorld['results'] = (keys) =>
    Promise.resolve(new Map(keys.flatMap((key) => (this.#results.has(key) ? [[key, this.#results.get(key)!] as const] : []))));
  doneShards: PlanWorld['doneShards'] = (keys) => Promise.resolve(new Set(keys.filter((key) => this.#shards.has(key))));
  history: PlanWorld['history'] = () => Promise.resolve(new Map(this.#history));
  moved: PlanWorld['moved'] = () => Promise.resolve(new Map());
  async *cut(...[, [source], inputs]: Parameters<PlanWorld['cut']>): ReturnType<PlanWorld['cut']> {
    if (source?.by !== 'row') throw new Error('Expected steps of this world to be cut by row.');
    yield* this.#rows.get(inputs[source.input]!.result)!.map((n) => taskOfRow(source, { n }));
  }

  plan(edition: Edition, asked: Asked = {}, pinned: PlanRequest['pinned'] = new Map()): Promise<PlannedStep[]> {
    const codes = new Map(this.graph.order.map(({ id }) => [id, codeOf(edition, id)]));
    const { vintage } = edition;
    return makePlan({ graph: this.graph, study: edition, codes, vintage, forced: new Set(asked.force), pinned, world: this });
  }

  /** Plans, works on all that is ready, and plans again, until nothing is. */
  async run(edition: Edition, asked: Asked = {}): Promise<Done> {
    const pinned = new Map<string, Sealed>();
    const stopped = new Set<string>();
    const work: Done['work'][number][] = [];
    for (;;) {
      const plan = await this.plan(edition, asked, pinned);
      const ready = plan.filter((item) => item.action === 'run' && !stopped.has(item.step));
      if (ready.length === 0) return { work, failed: asked.fail?.filter((id) => stopped.has(id)) ?? [], digests: digestsOf(plan) };
      for (const item of ready) {
        work.push({ step: item.step, key: item.key!, shards: item.missing });
        const fails = asked.fail?.includes(item.step) === true;
        // A step that fails has done the first half of its work.
        this.#work(item, edition, { plan, shards: fails ? item.missing.slice(0, item.missing.length / 2) : item.missing });
        if (fails) this.#history.set(item.step, { parts: this.#history.get(item.step)?.parts ?? null, failed: 'it broke' });
        if (fails) below(this.graph, item.step).forEach((id) => stopped.add(id));
        else pinned.set(item.step, this.#seal(item));
      }
    }
  }

  #work(item: PlannedStep, edition: Edition, { plan, shards }: { plan: readonly PlannedStep[]; shards: readonly string[] }): void {
    const { inputs, sharded } = this.graph.byId.get(item.step)!;
    const results = Object.values(inputs).map(({ id }) => plan.find(({ step: other }) => other === id)!.sealed!.result);
    const rows = results.map((result) => this.#rows.get(result)!);
    for (const shard of item.shards.filter(({ key }) => shards.includes(key))) {
      const own = sharded ? [[(shard.value as { n: number }).n], ...rows.slice(1)] : rows;
      this.#shards.set(shard.key, compute(own, edition.steps[indexOf(item.step)]!));
    }
  }

  #seal(item: PlannedStep): Sealed {
    const rows = item.shards.flatMap(({ key }) => this.#shards.get(key)!).sort((a, b) => a - b);
    // The table of a step without shards is its result's own: no other result takes its rows over.
    if (!this.graph.byId.get(item.step)!.sharded) item.shards.forEach(({ key }) => this.#shards.delete(key));
    const sealed = { result: this.#rows.size + 1, digest: sha256(canonicalJson(rows)), rows: rows.length };
    this.#rows.set(sealed.result, rows);
    this.#results.set(item.key!, sealed);
    this.#history.set(item.step, { parts: item.parts, failed: null });
    return sealed;
  }
}

/** A code number and the next odd one do the same: an edit without effect on the rows. */
function compute([first, ...others]: readonly (readonly number[])[], { code, factor, rows }: Edition['steps'][number]): number[] {
  if (first === undefined) return [...rows];
  const add = Math.floor(code / 2) + others.flat().length;
  return [...new Set(first.map((n) => Math.floor((n + add) / factor)))];
}

function codeOf({ steps }: Edition, id: string): { digest: string; parts: Record<string, string> } {
  const { code } = steps[indexOf(id)]!;
  return { digest: sha256(`code ${code}`), parts: { [`${id}.ts`]: String(code) } };
}

const digestsOf = (plan: readonly PlannedStep[]): Record<string, string> =>
  Object.fromEntries(plan.flatMap(({ step: id, sealed }) => (sealed === null ? [] : [[id, sealed.digest]])));
