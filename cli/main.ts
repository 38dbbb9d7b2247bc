import { Command, CommanderError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root';
import { CommandError, report } from './failure';
import { listenForInterrupts } from './interrupt';

type Run = (options: never, args: never) => Promise<number>;

/** A command's code is loaded when it is called: `--help` and `try` stay quick. */
const load: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  demo: () => import('./demo.js'),
  up: () => import('./up.js'),
  down: () => import('./down.js'),
  rebuild: () => import('./rebuild.js'),
  plan: () => import('./plan.js'),
  why: () => import('./why.js'),
  resume: () => import('./resume.js'),
  cancel: () => import('./cancel.js'),
  pause: () => import('./pause.js'),
  unpause: () => import('./unpause.js'),
  unblock: () => import('./unblock.js'),
  schedule: () => import('./schedule.js'),
  status: () => import('./status.js'),
  runs: () => import('./runs.js'),
  show: () => import('./show.js'),
  diff: () => import('./diff.js'),
  trace: () => import('./trace.js'),
  gc: () => import('./gc.js'),
  pin: () => import('./pin.js'),
  unpin: () => import('./unpin.js'),
  export: () => import('./export.js'),
  worker: () => import('./worker.js'),
  doctor: () => import('./doctor.js'),
  fit: () => import('./fit.js'),
  'audit sample': () => import('./audit/sample.js'),
  'audit score': () => import('./audit/score.js'),
  'try pubmed': () => import('./try/pubmed.js'),
  'try keywords': () => import('./try/keywords.js'),
  'try clinical': () => import('./try/clinical.js'),
  'try country': () => import('./try/country.js'),
  'try topic': () => import('./try/topic.js'),
};

function program(): Command {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  const atlas = new Command('atlas').description('Rebuilds the global atlas of a research field from PubMed and OpenAlex').version(version);
  atlas
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false);
  command(atlas, 'demo', 'simulated sources, one full rebuild, the atlas page; a second time everything is cached')
    .option('--exit', 'stop when the rebuild is done')
    .addOption(new Option('--scale <size>', 'size of the synthetic world').choices(['small', 'paper']).default('small'))
    .option('--seed <n>', 'seed of the synthetic world', '7');
  command(atlas, 'up', "start this home's engines and a worker, and return when they answer");
  command(atlas, 'down', "stop this home's engines and workers");
  selectors(command(atlas, 'rebuild', 'run what is not current'))
    .option('--detach', 'return when it has started; it goes on by itself')
    .option('--accept <fingerprint>', 'only if the plan still has this fingerprint (exit 3 if not)');
  selectors(command(atlas, 'plan', 'what a rebuild would do, why, and what it would cost; spends nothing'));
  command(atlas, 'why <step>', 'every reason why a step would run, old value → new value').option(
    '--vintage <name>',
    'name of the data vintage',
  );
  command(atlas, 'resume [run]', 'the same rebuild again, with the study as it was stored with the run; default the last that ended early');
  command(atlas, 'cancel', 'end the live run; what is finished is kept');
  command(atlas, 'pause', 'let the shards at work end, begin no new one');
  command(atlas, 'unpause', 'let a paused run go on');
  command(atlas, 'unblock <step>', 'let a step go on that is blocked or sleeps, when its cause is mended').option(
    '--abort',
    'give the step up: it fails, and the rebuild goes on around it',
  );
  command(atlas, 'schedule [cron]', 'rebuild by the clock: a cron line, off, pause or unpause; without any, say what is scheduled')
    .option('--vintage <name>', 'vintage of these rebuilds; {yyyy}, {mm} and {dd} stand for the day (UTC)')
    .option('--offline', 'only what the response cache has: no request is sent');
  command(atlas, 'status', 'the live run and the processes');
  command(atlas, 'runs', 'all runs of the study');
  command(atlas, 'show <run>', 'one run with all its steps');
  command(atlas, 'diff <runA> <runB>', 'which steps differ and why, which published numbers moved').option(
    '--table <stage.table>',
    'show rows that only one of the runs has',
  );
  command(atlas, 'trace <number>', 'from a number back to rows, steps, requests and bytes').option(
    '--requests',
    'name every answer of a service behind it, and the file that holds its bytes',
  );
  command(atlas, 'gc [run...]', 'free what no kept run needs; runs named here are given up')
    .option('--keep <n>', 'good runs of each study to keep, the newest', '5')
    .option('--days <n>', 'days for which unfinished work is kept', '7')
    .option('--dry-run', 'say what would be freed, free nothing');
  command(atlas, 'pin <run>', 'keep the results of a run whatever gc is asked');
  command(atlas, 'unpin <run>', 'no longer keep them for that reason');
  command(atlas, 'export', 'one table to stdout, or all tables and figures to a folder')
    .option('--run <id>', 'which run; default the latest good one')
    .option('--table <stage.table>', 'one table, such as atlas.country_totals')
    .addOption(new Option('--format <format>', 'of tables').choices(['csv', 'json', 'parquet']).default('csv'))
    .option('--out <dir>', 'folder to write to');
  command(atlas, 'worker', 'a worker process for the given engines, until it is stopped').option(
    '--queues <names>',
    'comma-separated: light, cpu, openalex, pubmed',
  );
  command(atlas, 'doctor', 'where each engine comes from, and what to do if one is missing');
  command(atlas, 'fit <data.csv>', 'one count model on any CSV file; no engine needed')
    .option('--formula <formula>', 'such as \'y ~ a + factor(year) + ref(region, "Asia") + a:b\'')
    .option('--model <model>', 'nb2, nb2-fe, nb-hhg or poisson-fe')
    .option('--group <column>', 'whose effects are absorbed (nb2-fe, poisson-fe) or conditioned on (nb-hhg)')
    .option('--exposure <column>', 'enters as ln(column) with coefficient 1')
    .option('--se <kind>', 'oim, robust or cluster:COLUMN; default cluster:GROUP for nb2-fe and poisson-fe, else oim')
    .addOption(new Option('--missing <what>', 'rows with an empty cell').choices(['drop', 'refuse']).default('drop'));
  const audits = atlas.command('audit').description('published rows read by people: blinded sheets out, agreement and precision back');
  command(audits, 'sample <kind>', 'a blinded sheet for raters: pubmed-ai, conference-life-science or country', 'audit sample')
    .option('--n <n>', 'rows to draw', '150')
    .option('--seed <s>', 'another seed draws other rows', '1')
    .option('--run <id>', 'which run; default the latest good one');
  command(audits, 'score <file...>', 'agreement, kappa, precision and corrected country counts of rated sheets', 'audit score');
  const tries = atlas.command('try').description('the rules of the method on a text of your own; no engine needed');
  command(tries, 'pubmed <file...>', 'PubMed XML (.xml, .xml.gz) → one JSON record a line', 'try pubmed');
  command(tries, 'keywords', 'JSON Lines {id, title, abstract} on stdin → {id, matched}', 'try keywords');
  command(tries, 'clinical', 'JSON Lines {id, title, abstract} on stdin → {id, clinical, because}', 'try clinical');
  command(tries, 'country', 'affiliations on stdin → {text, country, region, cue}', 'try country');
  command(tries, 'topic', 'OpenAlex works, JSON Lines on stdin → {id, topic, lifeScience, because}', 'try topic');
  return atlas;
}

/** Adds a command with the options that all share, and its lazily loaded code. */
function command(parent: Command, usage: string, description: string, name = usage.split(' ')[0]!): Command {
  const made = parent.command(usage).description(description);
  made
    .option('--study <name|file>', 'study: a name in config/studies or a YAML file')
    .option('--home <dir>', 'folder of engines, data and logs');
  made.option('--json', 'JSON on stdout and nothing else there').option('--verbose', 'say more, with stack traces');
  made.action(async (...given: unknown[]) => {
    const options = made.opts<{ verbose?: boolean; json?: boolean }>();
    const args = given.slice(0, -2).flat() as string[];
    try {
      refuseSwallowed(options);
      process.exitCode = await (await load[name]!()).run(options as never, args as never);
    } catch (error) {
      process.exitCode = report(error, options);
    }
  });
  return made;
}

/** `--only --study x` gives the flag to the option before it. @throws CommandError (exit 2) */
function refuseSwallowed(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const flag = [value].flat().find((text) => typeof text === 'string' && text.startsWith('--'));
    if (flag === undefined) continue;
    const wanted = ['only', 'from', 'force'].includes(name) ? 'a step' : 'a value';
    throw new CommandError(`Expected --${name} with ${wanted}, got ${String(flag)}. See atlas --help.`, 2);
  }
}

function selectors(made: Command): Command {
  return made
    .option('--only <step...>', 'these steps and no other; what they read must be current')
    .option('--from <step>', 'this step and all below it; what they read besides must be current')
    .option('--force <step...>', 'run these steps again; STEP+ means with all below it')
    .option('--vintage <name>', 'name of the data vintage; default the newest of this home')
    .option('--offline', 'only what the response cache has: no request is sent');
}

async function main(): Promise<void> {
  listenForInterrupts();
  // A reader such as `head` may have enough: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : misused(error);
  }
  // The last word is said: a call that still waits for an engine that is gone must not keep the command.
  process.stdout.write('', () => process.exit());
}

/** @returns the exit code */
function misused({ code, message }: CommanderError): number {
  // A command of commands without one has shown its help.
  if (code === 'commander.help') return 2;
  return report(new CommandError(`${message}\nSee atlas --help.`, 2), { json: process.argv.includes('--json') });
}

void main();
