import { control } from './control';
import type { CommonOptions } from './options';

/** `atlas unpause` */
export function run(options: CommonOptions): Promise<number> {
  return control(options, {
    from: 'paused',
    tell: (handle) => handle.signal('unpause'),
    said: ({ id }) => `run ${id} goes on; atlas rebuild follows it`,
  });
}
