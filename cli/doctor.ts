import { loadSettings } from '../config/settings';
import { doctor } from '../stack/session';
import { print, type CommonOptions } from './options';
import { table } from './table';

/** `atlas doctor` */
export async function run(options: CommonOptions): Promise<number> {
  const { home } = loadSettings({ home: options.home, study: options.study });
  const checks = await doctor(home);
  print(options, { home, checks }, () =>
    table(
      ['', 'part', 'version', 'from', 'what to do'],
      checks.map(({ ok, required, part, version, from, advice }) => [
        ok ? '✓' : required ? '✗' : '·',
        part,
        version ?? '',
        from ?? '',
        advice ?? '',
      ]),
    ),
  );
  return checks.every(({ ok, required }) => ok || !required) ? 0 : 2;
}
