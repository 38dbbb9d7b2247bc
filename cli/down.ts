import { loadSettings } from '../config/settings';
import { stopStack } from '../stack/session';
import { print, type CommonOptions } from './options';

/** `atlas down` */
export async function run(options: CommonOptions): Promise<number> {
  const { home } = loadSettings({ home: options.home, study: options.study });
  const stopped = await stopStack(home);
  print(options, { home, stopped }, () => [stopped ? `stopped the engines of ${home}` : `nothing was running in ${home}`]);
  return 0;
}
