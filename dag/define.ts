import type { Json } from './canonical';
import type { Columns } from './columns';
import { InputCut, type ShardSource } from './shards';
import type { AnyStep, Step, StepSpec } from './step';

const ID = /^(source|sample|atlas|model|figure|report)\/[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Makes the `step()` of a program: it knows the type of the study that parameters come from and of the services that `run` gets.
 * @throws Error when the id is not `stage/name-in-kebab-case`, an input is missing (a circular import) or not exactly one of `run` and `sql` is given.
 */
export function defineStep<Study, Services>() {
  return function step<
    P extends Json = null,
    const I extends Readonly<Record<string, AnyStep>> = Record<never, never>,
    const C extends Columns = Columns,
  >(spec: StepSpec<Study, Services, P, I, C>): Step<C> {
    refuseBadSpec(spec);
    const inputs: Readonly<Record<string, AnyStep>> = spec.inputs ?? {};
    const cuts = Object.fromEntries(Object.keys(inputs).map((name) => [name, new InputCut(name)]));
    const erased = {
      id: spec.id,
      doc: spec.doc,
      inputs,
      output: spec.output,
      queue: spec.queue ?? 'light',
      vintage: spec.vintage ?? false,
      sharded: spec.shards !== undefined,
      index: spec.index ?? [],
      checks: spec.checks ?? [],
      onFailure: spec.onFailure ?? 'stop-dependents',
      params: (study: unknown) => (spec.params === undefined ? null : spec.params(study as Study)),
      shards: (params: Json) => listOf(spec.shards?.(cuts as never, params as P)),
      run: spec.run ?? null,
      sql: spec.sql ?? null,
    };
    return Object.freeze(erased) as unknown as Step<C>;
  };
}

function listOf(sources: ShardSource | readonly ShardSource[] | undefined): readonly ShardSource[] {
  if (sources === undefined) return [];
  return Array.isArray(sources) ? (sources as readonly ShardSource[]) : [sources as ShardSource];
}

interface SpecShape {
  readonly id: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly run?: unknown;
  readonly sql?: unknown;
}

function refuseBadSpec(spec: SpecShape): void {
  if (!ID.test(spec.id))
    throw new Error(`Expected a step id such as sample/lead-country, got "${spec.id}". Name the step by its path below activities/.`);
  if ((spec.run === undefined) === (spec.sql === undefined)) {
    throw new Error(`Expected ${spec.id} to have either run or sql, got ${spec.run === undefined ? 'neither' : 'both'}.`);
  }
  for (const [name, input] of Object.entries(spec.inputs ?? {})) {
    if (input === undefined) {
      throw new Error(
        `Expected input "${name}" of ${spec.id} to be a step, got nothing. The two files import each other: a cycle. Break it.`,
      );
    }
  }
}
