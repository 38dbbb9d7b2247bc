import { below, type Graph } from './graph';

/**
 * Which steps may not begin any more, each with the failed step that is to blame: all below a failed one, and every other when the
 * failed one says `stop-run`. Steps that failed themselves are left out.
 */
export function stoppedBy(graph: Graph, failed: readonly string[]): Map<string, string> {
  const stopped = new Map<string, string>();
  const stop = (ids: Iterable<string>, cause: string): void => {
    for (const id of ids) if (!failed.includes(id) && !stopped.has(id)) stopped.set(id, cause);
  };
  // The nearest cause reads best: what is below a failed step is told before what merely ends with the run.
  for (const id of failed) stop(below(graph, id), id);
  const fatal = failed.find((id) => graph.byId.get(id)?.onFailure === 'stop-run');
  if (fatal !== undefined) stop(graph.byId.keys(), fatal);
  return stopped;
}
