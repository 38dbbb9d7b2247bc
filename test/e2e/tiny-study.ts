import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/server';
import { buildWorld, type World } from '../../simulator/world/build';
import { TestHome } from '../atlas';

/** A study of the user's own PubMed files, with a home, and an OpenAlex that knows their articles. */
export interface OwnFiles {
  readonly home: TestHome;
  readonly simulator: Simulator;
  readonly world: World;
  /** Absolute paths of the files, in order. */
  readonly files: readonly string[];
  /** Writes a study of these files (default all of them) under a name. */
  study(name: string, change?: { files?: readonly string[]; more?: string; conferences?: boolean }): string;
  end(): Promise<void>;
}

/** Few records, no conferences, no ranking: one rebuild takes seconds. */
export async function ownFiles(
  env: Readonly<Record<string, string>> = {},
  behaviour: Pick<SimulatorOptions, 'switches' | 'now'> = {},
): Promise<OwnFiles> {
  const world = buildWorld({ seed: 11, scale: 'tiny' });
  const simulator = await startSimulator({ holdings: world.holdings, ...behaviour });
  const { openalex, eutils, bulk, snapshot } = simulator.urls;
  const home = new TestHome({
    ATLAS_OPENALEX_URL: openalex,
    ATLAS_EUTILS_URL: eutils,
    ATLAS_BULK_URL: bulk,
    ATLAS_OPENALEX_SNAPSHOT: snapshot,
    ...env,
  });
  const folder = path.join(home.top, 'files');
  mkdirSync(folder);
  const files = [...world.holdings.baseline, ...world.holdings.updatefiles].map(({ name, bytes }) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  });
  const study: OwnFiles['study'] = (name, { files: chosen = files, more = '', conferences = false } = {}) =>
    home.study(name, yamlOf(chosen, conferences) + more);
  const end = async (): Promise<void> => {
    await home.end();
    await simulator.close();
  };
  return { home, simulator, world, files, study, end };
}

/** YAML reads JSON: the paths need no other quoting. */
const yamlOf = (files: readonly string[], conferences: boolean): string => `extends: ai-life-science
conferences: { on: ${conferences} }
rank: { whenMissing: without, core: [] }
pubmed:
  routes: [files]
  files: ${JSON.stringify(files)}
`;
