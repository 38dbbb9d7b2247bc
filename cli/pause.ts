import { control } from './control';
import type { CommonOptions } from './options';

/** `atlas pause`: shards at work end by themselves, no new one begins. */
export function run(options: CommonOptions): Promise<number> {
  return control(options, {
    from: 'running',
    tell: (handle) => handle.signal('pause'),
    said: ({ id }) => `run ${id} pauses after the shards at work; atlas unpause lets it go on`,
  });
}
