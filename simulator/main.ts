import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadRecorded } from './recorded/load';
import { startSimulator } from './server';
import { writeSnapshot } from './snapshot/write';
import { switchesSchema, type Switches } from './switches';
import { buildWorld, truthOf } from './world/build';

const usage = `node dist/simulator/main.js --world synthetic [--seed 7] [--scale tiny|small] [--port 0] [--truth FILE]
node dist/simulator/main.js --world recorded --fixtures DIR [--port 0]
--snapshot DIR writes the world as an OpenAlex snapshot and ends
--switches takes a JSON object, for example '{"dailyCredits":100,"openalexPerSecond":10,"eutilsPerSecond":3,"searchCap":200}'`;

const options = () =>
  parseArgs({
    options: {
      world: { type: 'string', default: 'synthetic' },
      seed: { type: 'string', default: '7' },
      scale: { type: 'string', default: 'small' },
      port: { type: 'string', default: '0' },
      truth: { type: 'string' },
      fixtures: { type: 'string' },
      switches: { type: 'string', default: '{}' },
      snapshot: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;

type Options = ReturnType<typeof options>;

function integer(name: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new Error(`Expected a whole number, got ${value} (--${name}). Give for example --${name} 7.`);
}

function holdings(values: Options) {
  if (values.world === 'recorded') return loadRecorded(values.fixtures ?? '');
  if (values.world !== 'synthetic') throw new Error(`Expected synthetic or recorded, got ${values.world} (--world). Choose one.`);
  const world = buildWorld({ seed: integer('seed', values.seed), scale: values.scale });
  if (values.truth !== undefined) writeFileSync(values.truth, JSON.stringify(truthOf(world)));
  return world.holdings;
}

async function main(): Promise<void> {
  const values = options();
  if (values.help) return console.log(usage);
  const switches: Switches = switchesSchema.parse(JSON.parse(values.switches));
  if (values.snapshot !== undefined) {
    const files = writeSnapshot(holdings(values), switches.snapshotShape, values.snapshot);
    return console.log(JSON.stringify({ written: values.snapshot, files }));
  }
  const simulator = await startSimulator({ holdings: holdings(values), port: integer('port', values.port), switches });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  console.log(JSON.stringify({ ready: simulator.urls }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
