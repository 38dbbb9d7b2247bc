import { readFile } from 'node:fs/promises';
import { countryTables, gazetteerRows } from '../../activities/reading/gazetteer';
import type { LoadedStudy } from '../../config/load';
import { inAreas } from '../../methods/areas';
import { compileCountryReader } from '../../methods/country/reader';
import { regionOf } from '../../methods/regions';
import type { CommonOptions } from '../options';
import { linesOfStdin, say, triedStudy } from './lines';

/** `atlas try country`: affiliations on stdin, one line out for each line in, blank ones too. */
export async function run(options: CommonOptions): Promise<number> {
  const loaded = await triedStudy(options);
  const { countries, politics } = loaded.study.regions;
  const { read } = inAreas(compileCountryReader(countryTables(await tables(loaded))), politics);
  for await (const text of linesOfStdin()) {
    const { country, cue } = read(text);
    say({ text, country, region: country === null ? null : regionOf(country, countries, politics), cue });
  }
  return 0;
}

async function tables({ study, places }: LoadedStudy) {
  const files = study.lead.gazetteer;
  const rows = await Promise.all(files.map(async ({ name, sha256 }) => gazetteerRows(name, await readFile(places[sha256]!, 'utf8'))));
  return rows.flat();
}
