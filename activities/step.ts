import type { Study } from '../config/study';
import { defineStep } from '../dag/define';
import type { Services } from './services';

/** `step()` of this program: parameters come from a study, `run` gets its services. */
export const step = defineStep<Study, Services>();
