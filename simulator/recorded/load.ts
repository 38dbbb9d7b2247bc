import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Holdings } from '../holdings';
import { recordedBulk, recordedPubmed } from './pubmed';
import { recordedWorks, sourcesOf } from './works';

/** A world of recorded real answers; passes on what was recorded, gaps and all. */
export function loadRecorded(fixtures: string): Holdings {
  if (!existsSync(path.join(fixtures, 'openalex')) || !existsSync(path.join(fixtures, 'pubmed'))) {
    throw new Error(
      `Expected a folder with openalex/ and pubmed/ in it, got ${fixtures} (--fixtures). Give the folder of recorded answers.`,
    );
  }
  const works = recordedWorks(fixtures);
  return {
    world: 'recorded',
    works,
    sources: sourcesOf(works),
    merged: new Map(),
    pubmed: recordedPubmed(fixtures),
    ...recordedBulk(fixtures),
  };
}
