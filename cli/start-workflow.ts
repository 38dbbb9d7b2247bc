import { WorkflowExecutionAlreadyStartedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { taskQueue } from '../config/queues';
import type { Study } from '../config/study';
import type { RunRow } from '../store/runs';
import type { rebuild } from '../workflows/rebuild';
import type { StudySession } from './study-session';
import { isSearchable } from './temporal';

const STUDY = defineSearchAttributeKey('AtlasStudy', 'KEYWORD');
const TRIGGER = defineSearchAttributeKey('AtlasTrigger', 'KEYWORD');
const RUN = defineSearchAttributeKey('AtlasRun', 'INT');
const STATUS = defineSearchAttributeKey('AtlasStatus', 'KEYWORD');
const MOST_STEPS = 8;

/** Starts the workflow of a run that is recorded. */
export async function startWorkflow(client: Client, session: StudySession, row: RunRow): Promise<WorkflowHandle<typeof rebuild>> {
  const { study } = session.loaded;
  const searchable = await isSearchable(client, session);
  const begin = (): Promise<WorkflowHandle<typeof rebuild>> =>
    client.workflow.start<typeof rebuild>('rebuild', {
      workflowId: row.workflow_id,
      taskQueue: lightQueue(session),
      args: [{ run: row.id }],
      memo: { run: row.id },
      staticSummary: `${study.name}, run ${row.id}`,
      staticDetails: titlePage(study, { run: String(row.id), vintage: row.vintage, trigger: row.trigger, ...chosen(row) }),
      ...(searchable ? { typedSearchAttributes: [...startAttributes(study.name, row.trigger), { key: RUN, value: row.id }] } : {}),
    });
  return begin().catch(async (error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // The database says that no run is active: what is left there belongs to none.
    await client.workflow.getHandle(row.workflow_id).terminate('its run is not active any more');
    return begin();
  });
}

/** Workflows run where planning does; they find the other queues of their build by its name. */
export function lightQueue({ databaseId, build }: StudySession): string {
  return taskQueue('light', databaseId, build);
}

export function startAttributes(study: string, trigger: string): SearchAttributePair[] {
  return [
    { key: STUDY, value: study },
    { key: TRIGGER, value: trigger },
    { key: STATUS, value: 'running' },
  ];
}

/** The title page of a rebuild in the Temporal UI: the study and what it was asked for, in markdown. */
export function titlePage(study: Study, asked: Readonly<Record<string, string>>): string {
  const [from, to] = study.years;
  const rows = {
    ...asked,
    years: `${from}–${to}`,
    keywords: `${study.keywords.entries.length} (${study.keywords.list}, ${study.keywords.end})`,
    'PubMed routes': study.pubmed.routes.join(', '),
    ...(study.world.kind === 'real' ? {} : { world: `${study.world.kind}: no number here is about the real one` }),
  };
  return [
    `**${study.title}**`,
    '',
    '| | |',
    '|---|---|',
    ...Object.entries(rows).map(([name, value]) => `| ${name}\u00a0\u00a0 | ${value} |`),
  ].join('\n');
}

function chosen({ options }: RunRow): Record<string, string> {
  return {
    ...(options.scope === undefined ? {} : { steps: few(options.scope) }),
    ...(options.force.length === 0 ? {} : { forced: few(options.force) }),
    ...(options.offline ? { offline: 'yes' } : {}),
  };
}

/** `STEP+` may be most of the graph: the title page names a few. */
function few(steps: readonly string[]): string {
  const more = steps.length > MOST_STEPS ? ` and ${steps.length - MOST_STEPS} more` : '';
  return steps.slice(0, MOST_STEPS).join(', ') + more;
}
