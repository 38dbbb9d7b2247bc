import type { AnyStep } from './step';

/** Steps in an order in which every step stands behind what it reads, found by id. */
export interface Graph {
  readonly order: readonly AnyStep[];
  readonly byId: ReadonlyMap<string, AnyStep>;
  /** Ids of the steps that read this one directly. */
  readonly readers: ReadonlyMap<string, readonly string[]>;
}

/** What the graph needs of a step: its id and the ids it reads. */
interface Node {
  readonly id: string;
  readonly inputs: Readonly<Record<string, { readonly id: string }>>;
}

/**
 * Orders the steps and refuses what is no graph.
 * @throws Error that names the steps: two with one id, an input that is not among them, a cycle.
 */
export function buildGraph<N extends Node = AnyStep>(steps: readonly N[]) {
  const byId = indexById(steps);
  for (const step of steps) refuseUnknownInputs(step, byId);
  const order = sorted(steps, byId);
  const readers = new Map<string, string[]>(steps.map((step) => [step.id, []]));
  for (const step of order) for (const id of inputIds(step)) readers.get(id)!.push(step.id);
  return { order, byId, readers };
}

/** Ids of a step and of everything that depends on it. */
export function below(graph: Pick<Graph, 'readers'>, id: string): Set<string> {
  const found = new Set<string>();
  const visit = (next: string): void => {
    if (found.has(next)) return;
    found.add(next);
    graph.readers.get(next)?.forEach(visit);
  };
  visit(id);
  return found;
}

export function inputIds(step: Node): string[] {
  return [...new Set(Object.values(step.inputs).map((input) => input.id))];
}

function indexById<N extends Node>(steps: readonly N[]): Map<string, N> {
  const byId = new Map<string, N>();
  for (const step of steps) {
    if (byId.has(step.id)) throw new Error(`Expected one step per id, got two with the id ${step.id}. Rename one of them.`);
    byId.set(step.id, step);
  }
  return byId;
}

function refuseUnknownInputs(step: Node, byId: ReadonlyMap<string, Node>): void {
  for (const [name, input] of Object.entries(step.inputs)) {
    if (!byId.has(input.id)) {
      throw new Error(
        `Expected input "${name}" of ${step.id} to be a step of this graph, got ${input.id}. Add that step, or read another one.`,
      );
    }
  }
}

function sorted<N extends Node>(steps: readonly N[], byId: ReadonlyMap<string, N>): N[] {
  const order: N[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (step: N): void => {
    if (done.has(step.id)) return;
    if (path.includes(step.id))
      throw new Error(
        `Expected a graph without cycles, got ${[...path.slice(path.indexOf(step.id)), step.id].join(' → ')}. Cut one of these inputs.`,
      );
    path.push(step.id);
    for (const id of inputIds(step).sort()) visit(byId.get(id)!);
    path.pop();
    done.add(step.id);
    order.push(step);
  };
  for (const step of [...steps].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(step);
  return order;
}
