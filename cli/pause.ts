import { control } from './control';
import { CommandError } from './failure';
import type { CommonOptions } from './options';

/** `atlas pause`: shards at work end by themselves, no new one begins. */
export function run(options: CommonOptions): Promise<number> {
  return control(options, {
    check: ({ id, status }) => {
      if (status === 'paused')
        throw new CommandError(`Expected a run that goes on, got run ${id}, which is paused. atlas unpause lets it go on.`, 2);
    },
    tell: (handle) => handle.executeUpdate('pause'),
    said: ({ id }) => `run ${id} pauses after the shards at work; atlas unpause lets it go on`,
  });
}
