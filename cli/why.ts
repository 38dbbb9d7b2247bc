import { loadGraph } from '../activities/registry';
import { cueLine } from '../dag/cues';
import { originsOf } from '../dag/origins';
import { print, type SelectorOptions } from './options';
import { planStudy, requireStep } from './plan-of';
import { openStudy } from './study-session';

/** `atlas why STEP` */
export async function run(options: SelectorOptions, [step]: readonly [string]): Promise<number> {
  const graph = loadGraph();
  requireStep(graph, step);
  const session = await openStudy(options, { temporal: false });
  try {
    const plan = await planStudy(session, options);
    const found = plan.steps.find((item) => item.step === step)!;
    const { action, key, cues } = found;
    const said = { hit: 'is current', run: 'would run', wait: 'would be looked at again once its inputs are rebuilt' }[action];
    const began = originsOf(graph, plan.steps, step).map((above) => ({ step: above.step, cues: above.cues }));
    print(options, { step, action, key, cues, began }, () => [
      `${step} ${said}`,
      ...cues.map((cue) => `  ${cueLine(cue)}`),
      ...(began.length === 0 ? [] : ['it begins with']),
      ...began.flatMap((above) => [`  ${above.step}`, ...above.cues.map((cue) => `    ${cueLine(cue)}`)]),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
