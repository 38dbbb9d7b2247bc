import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { RunState } from '../../store/runs';

/** Between its row and its workflow's first plan, a run starts its world and its workers: so long it is not taken for lost. */
const BEGINNING_MS = 30_000;

/** Whether a live run still has a workflow that drives it, or may yet get one. Asks Temporal: the database cannot know. */
export async function isAlive(client: Client, row: RunState): Promise<boolean> {
  return isBeginning(row) || isDriven(client, row);
}

export function isBeginning({ execution, started }: RunState): boolean {
  return execution === null && Date.now() - started.getTime() < BEGINNING_MS;
}

/** Whether the workflow of a live run is open. */
export async function isDriven(client: Client, row: RunState): Promise<boolean> {
  try {
    const { status, memo } = await client.workflow.getHandle(row.workflow_id, row.execution ?? undefined).describe();
    return status.name === 'RUNNING' && (row.execution !== null || memo?.['run'] === row.id);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
