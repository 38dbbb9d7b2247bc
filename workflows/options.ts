import type { ActivityOptions } from '@temporalio/workflow';

/** Errors that another try cannot cure; the activity names them. */
const FINAL = ['StaleClaim', 'CheckFailed', 'BadRequest', 'Unauthorized', 'RunBudgetSpent', 'PubmedFileError', 'StoreError'];

/** How long a worker may be silent before its work goes to another one. Beats come every two seconds. */
const SILENCE = '10 seconds';

/** Planning, opening, sealing, publishing: minutes at most, whatever the size. */
export const engineOptions: ActivityOptions = {
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: SILENCE,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10, nonRetryableErrorTypes: FINAL },
};

/** A group of shards. Services may be away for an hour; a step's own mistakes are final long before. */
export const stepOptions: ActivityOptions = {
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: SILENCE,
  retry: {
    initialInterval: '2 seconds',
    backoffCoefficient: 2,
    maximumInterval: '5 minutes',
    maximumAttempts: 20,
    nonRetryableErrorTypes: FINAL,
  },
};
