import { whyRun, type Cue, type CueParts } from './cues';
import type { PlannedStep } from './plan';

/** A step of a plan as it is remembered beside the plan's fingerprint. */
export interface RememberedStep {
  readonly step: string;
  readonly key: string | null;
  readonly action: PlannedStep['action'];
  /** Shards that had work. */
  readonly missing: number;
  readonly forced: boolean;
  readonly parts: CueParts;
}

/** How one step of a plan differs from what it was in another one. An action of null: the step is not in that plan. */
export interface MovedStep {
  readonly step: string;
  readonly action: { readonly was: PlannedStep['action'] | null; readonly is: PlannedStep['action'] | null };
  readonly shards: { readonly was: number; readonly is: number };
  readonly cues: readonly Cue[];
}

export function remembered({ step, key, action, missing, cues, parts }: PlannedStep): RememberedStep {
  return { step, key, action, missing: missing.length, forced: cues.some(({ cue }) => cue === 'forced'), parts };
}

/**
 * What moved between two plans, step by step, each with what it is made from, old value → new value. Steps that are the same in both
 * are left out; so the list is empty when only shards were swapped for others, one for one.
 */
export function movedSteps(was: readonly RememberedStep[], is: readonly RememberedStep[]): MovedStep[] {
  const [before, now] = [byStep(was), byStep(is)];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.map((step) => moved(step, before.get(step), now.get(step))).filter((item) => item !== null);
}

function moved(step: string, was: RememberedStep | undefined, is: RememberedStep | undefined): MovedStep | null {
  const action = { was: was?.action ?? null, is: is?.action ?? null };
  const shards = { was: was?.missing ?? 0, is: is?.missing ?? 0 };
  const cues = was === undefined || is === undefined ? [] : cuesBetween(was, is);
  if (action.was === action.is && shards.was === shards.is && cues.length === 0 && was?.key === is?.key) return null;
  return { step, action, shards, cues };
}

function cuesBetween(was: RememberedStep, is: RememberedStep): Cue[] {
  const forced: Cue[] = was.forced === is.forced ? [] : [{ cue: 'forced', was: yesNo(was.forced), is: yesNo(is.forced) }];
  return [...forced, ...whyRun({ forced: false, failed: null, outputMissing: false, before: was.parts, now: is.parts })];
}

const yesNo = (forced: boolean): string => (forced ? 'yes' : 'no');

function byStep(steps: readonly RememberedStep[]): Map<string, RememberedStep> {
  return new Map(steps.map((step) => [step.step, step]));
}
