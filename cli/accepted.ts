import { loadCodes } from '../activities/codes';
import { cueLine } from '../dag/cues';
import { movedSteps, remembered, type MovedStep } from '../dag/moved';
import { saveCodes } from '../store/codes';
import { recallPlan, rememberPlan } from '../store/plans';
import { CommandError } from './failure';
import type { StudyPlan } from './plan-of';
import type { StudySession } from './study-session';

/** Steps told in the message; the JSON document has them all. */
const MOST_STEPS = 12;
const MOST_CUES = 5;

/** Remembers what the fingerprint of a plan stands for, so that a later rebuild can say what moved. */
export async function keepPlan({ database, loaded }: StudySession, { fingerprint, steps }: StudyPlan): Promise<void> {
  const codes = loadCodes();
  await saveCodes(database, codes.values());
  await rememberPlan(database, { study: loaded.study.name, fingerprint, steps: steps.map(remembered), codes });
}

/** @throws CommandError (exit 3) when the plan is not the one that was accepted; it says what moved, step by step */
export async function refuseMoved(session: StudySession, plan: StudyPlan, accepted: string): Promise<void> {
  if (accepted === plan.fingerprint) return;
  const known = await recallPlan(session.database, session.loaded.study.name, accepted);
  const moved = known === null ? null : movedSteps(known, plan.steps.map(remembered));
  const lines = moved === null ? ['That plan is not known here: atlas plan remembers the last twenty of a study.'] : linesOf(moved);
  throw new CommandError(
    `Expected the plan ${accepted}, got ${plan.fingerprint}: it has moved since.\n${lines.join('\n')}\nSee atlas plan, and accept the new one if it is right.`,
    3,
    { fingerprint: plan.fingerprint, moved },
  );
}

/** Where the plans part comes first, with its reasons; what moved only because its inputs did is named. */
function linesOf(moved: readonly MovedStep[]): string[] {
  if (moved.length === 0) return ['Every step does what it did, with other shards or another vintage.'];
  const began = moved.filter(({ cues }) => cues.length === 0 || cues.some(({ cue }) => cue !== 'input'));
  const told = began.length === 0 ? moved : began;
  const below = moved.filter((step) => !told.includes(step)).map(({ step }) => step);
  return [...told.slice(0, MOST_STEPS).flatMap(stepLines), ...counted('step', told.slice(MOST_STEPS)), ...byInputs(below)];
}

function counted(what: string, left: readonly unknown[]): string[] {
  return left.length === 0 ? [] : [`  and ${left.length} more ${what}${left.length === 1 ? '' : 's'}`];
}

function byInputs(steps: readonly string[]): string[] {
  if (steps.length === 0) return [];
  const more = steps.length > MOST_STEPS ? ` and ${steps.length - MOST_STEPS} more` : '';
  return [`and what reads them: ${steps.slice(0, MOST_STEPS).join(', ')}${more}`];
}

const SAID = { hit: 'current', run: 'to run', wait: 'waiting' };

function stepLines({ step, action, shards, cues }: MovedStep): string[] {
  const state = (which: 'was' | 'is'): string => {
    const named = action[which];
    if (named === null) return 'not in the plan';
    return named === 'run' ? `${SAID.run} (${shards[which]} ${shards[which] === 1 ? 'shard' : 'shards'})` : SAID[named];
  };
  const [was, is] = [state('was'), state('is')];
  const head = was === is ? `  ${step}: ${is}, made from other things` : `  ${step}: ${was} → ${is}`;
  const told = cues.slice(0, MOST_CUES).map((cue) => `    ${cueLine(cue)}`);
  return [head, ...told, ...counted('reason', cues.slice(MOST_CUES)).map((line) => `  ${line}`)];
}
