import { control } from './control';
import { CommandError } from './failure';
import type { CommonOptions } from './options';

/** `atlas unpause` */
export function run(options: CommonOptions): Promise<number> {
  return control(options, {
    check: ({ id, status }) => {
      if (status !== 'paused')
        throw new CommandError(`Expected run ${id} to be paused, got ${status}. atlas status tells how it stands.`, 2);
    },
    tell: (handle) => handle.executeUpdate('unpause'),
    said: ({ id }) => `run ${id} goes on; atlas rebuild follows it`,
  });
}
