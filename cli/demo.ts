import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { CommandError } from './failure';
import { onInterrupt } from './interrupt';
import { note, type CommonOptions } from './options';
import { rebuildIn } from './rebuild';
import { openStudy } from './study-session';

interface DemoOptions extends CommonOptions {
  readonly exit?: boolean;
  readonly scale: string;
  readonly seed: string;
}

/** `atlas demo`: always embedded, whatever the environment says. */
export async function run(options: DemoOptions): Promise<number> {
  if (!/^\d{1,10}$/.test(options.seed)) throw new CommandError(`Expected --seed to be a whole number, got "${options.seed}".`, 2);
  if (options.scale === 'paper')
    throw new CommandError('Expected --scale small, got paper: the simulator does not make a world of that size yet.', 2);
  const override = { world: { seed: Number(options.seed), scale: options.scale } };
  const session = await openStudy({ ...options, study: 'demo' }, { temporal: true, embedded: true, override });
  try {
    const code = await rebuildIn(session, options, 'demo');
    if (options.exit === true || code !== 0) return code;
    note(`Open ${pathToFileURL(path.join(session.settings.home, 'site', 'demo', 'index.html')).href}`);
    note('Everything stays up until Ctrl-C.');
    await Promise.race([
      new Promise<void>((resolve) => void onInterrupt(resolve)),
      new Promise((_, reject) => {
        session.stack?.onDeath((death) => {
          reject(new CommandError(`${death.role} ended: ${death.detail}`));
        });
      }),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}
