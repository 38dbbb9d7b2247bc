import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { ownFiles } from '../e2e/tiny-study';

jest.setTimeout(600_000);

/** Whose words a history should not carry: the machine and the process that made it. */
const IDENTITY = /\d+@[\w.-]+/g;

/** Makes the histories anew: `ATLAS_SAVE_HISTORIES=1 npx jest test/histories`. Only a change to a workflow asks for it. */
(process.env['ATLAS_SAVE_HISTORIES'] === '1' ? it : it.skip)('saves one history of each workflow', async () => {
  const own = await ownFiles();
  try {
    await own.home.hold();
    const study = own.study('saved');
    await own.home.rebuild(study);
    const { run, workflowId } = await own.home.rebuild(study, '--force', 'sample/pubmed-matches', 'source/regions');
    const client = await own.home.temporal();
    for (const [name, id] of [
      ['rebuild', workflowId],
      ['run-step', `${workflowId}/${run}/sample/pubmed-matches`],
    ] as const) {
      const text = historyToJSON(await client.workflow.getHandle(id).fetchHistory());
      writeFileSync(path.join(__dirname, `${name}.json`), text.replace(IDENTITY, 'worker'));
    }
  } finally {
    await own.end();
  }
});
