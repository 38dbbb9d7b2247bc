import { loadSettings } from '../config/settings';
import { engineChecks, machineChecks } from '../stack/session';
import { print, type CommonOptions } from './options';
import { bucketChecks, studyChecks } from './study-checks';
import { table } from './table';

/** `atlas doctor`: the engines, embedded or given; and what the study needs of services, disk and files. Named with --study, what is missing there fails. */
export async function run(options: CommonOptions): Promise<number> {
  const settings = loadSettings({ home: options.home, study: options.study });
  const { home } = settings;
  const engines = settings.engines === 'given' ? (await import('./given-engines.js')).givenEngines(settings) : engineChecks(home);
  const checks = [
    ...machineChecks(home),
    ...(await engines),
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
