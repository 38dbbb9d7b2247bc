import type { CommonOptions } from './options';
import { setPin } from './pin';

/** `atlas unpin RUN` */
export async function run(options: CommonOptions, [id]: readonly [string]): Promise<number> {
  return setPin(options, id, false);
}
