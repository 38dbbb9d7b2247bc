import { loadSettings } from '../config/settings';
import { doctor } from '../stack/session';
import { print, type CommonOptions } from './options';
import { bucketChecks, studyChecks } from './study-checks';
import { table } from './table';

/** `atlas doctor`: the engines; and what the study needs of services, disk and files. Named with --study, what is missing there fails. */
export async function run(options: CommonOptions): Promise<number> {
  const settings = loadSettings({ home: options.home, study: options.study });
  const { home } = settings;
  const checks = [
    ...(await doctor(home)),
    ...(await bucketChecks(settings)),
    ...(await studyChecks(settings, options.study !== undefined)),
  ];
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
