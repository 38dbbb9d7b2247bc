import { control } from './control';
import type { CommonOptions } from './options';

/** `atlas cancel`: what is finished is kept, and half-done shards keep their cursors. */
export function run(options: CommonOptions): Promise<number> {
  return control(options, {
    tell: async (handle) => {
      await handle.cancel();
      await handle.result().catch(() => undefined);
    },
    said: ({ id }) => `run ${id} is cancelled; atlas resume ${id} goes on where it stopped`,
  });
}
