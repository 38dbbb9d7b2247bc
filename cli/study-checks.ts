import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { memoryLedger } from '../clients/http/memory';
import type { Service } from '../clients/http/ports';
import type { Allowance } from '../clients/openalex/allowance';
import { urlOf } from '../config/bucket';
import { loadStudy, type LoadedStudy } from '../config/load';
import { isAddress, type Settings } from '../config/settings';
import type { DoctorLine } from '../stack/session';
import { checkBucket } from '../store/blobs/open';
import { tryDoors, type Door } from './doors';
import { listed, readPrices, rowsOf, total, type Price } from './price';

/** What a study needs of services, disk and files; `required` says whether a lack is a fault. */
export async function studyChecks(settings: Settings, required: boolean): Promise<DoctorLine[]> {
  const loaded = await loadStudy(settings.study, { missingFiles: 'list' });
  const { study } = loaded;
  const line = (part: string, rest: Pick<DoctorLine, 'ok' | 'from' | 'advice'>): DoctorLine => ({ part, version: null, required, ...rest });
  const files = fileChecks(loaded).map((rest) => line('files', rest));
  if (study.world.kind !== 'real') return files;
  const rows = rowsOf(readPrices(), study);
  const wanted = total(rows.map(listed));
  // Parts of the snapshot are read and removed, or lie where the user put them.
  const kept = total(rows.filter(({ step }) => !step.includes('snapshot')).map(listed));
  const doors = await tryDoors(settings, servicesOf(loaded.study, settings), memoryLedger());
  return [
    ...doors.map((door) => line(door.service, doorCheck(door, wanted))),
    line('disk for the study', roomFor(settings.home, kept)),
    ...files,
  ];
}

/** The bucket that keeps fetched bytes, when the settings name one. */
export async function bucketChecks(settings: Settings): Promise<DoctorLine[]> {
  if (settings.bucket === null) return [];
  const advice = await checkBucket(settings).then(
    () => null,
    (error: Error) => error.message,
  );
  return [{ part: 'bucket', version: null, required: true, ok: advice === null, from: urlOf(settings.bucket), advice }];
}

type Check = Pick<DoctorLine, 'ok' | 'from' | 'advice'>;

function servicesOf({ pubmed, openalex }: LoadedStudy['study'], { services }: Settings): Service[] {
  const route = (name: 'eutils' | 'bulk'): Service[] => (pubmed.on && pubmed.routes.includes(name) ? [name] : []);
  return [
    ...(openalex.route === 'snapshot' ? [] : (['openalex'] as const)),
    ...(openalex.route !== 'api' && isAddress(services.snapshot) ? (['snapshot'] as const) : []),
    ...route('eutils'),
    ...route('bulk'),
  ];
}

function doorCheck({ trouble, address, allowance }: Door, wanted: Price): Check {
  if (trouble !== null) return { ok: false, from: address, advice: trouble };
  return { ok: true, from: address, advice: allowance === null ? null : allowanceLine(allowance, wanted) };
}

/** What a key has left beside what a whole first run wants. */
export function allowanceLine({ perDay, leftToday, prepaid, resetsAt }: Allowance, { credits }: Pick<Price, 'credits'>): string {
  const more = prepaid > 0 ? `, and ${prepaid.toLocaleString('en-US')} bought` : '';
  const left = `${leftToday.toLocaleString('en-US')} of ${perDay.toLocaleString('en-US')} credits left until ${resetsAt}${more}.`;
  if (credits === 0) return left;
  const days = Math.max(0, credits - prepaid) / Math.max(1, perDay);
  return `${left} A whole first run wants about ${credits.toLocaleString('en-US')}: ${days.toFixed(1)} days.`;
}

/** What is fetched is kept, some of it twice as large in the database. */
const ROOM_FACTOR = 1.5;

function roomFor(home: string, { bytes }: Price): Check {
  const { bavail, bsize } = statfsSync(nearest(home));
  const free = bavail * bsize;
  const want = bytes * ROOM_FACTOR;
  const gigabytes = (count: number): string => `${(count / 1e9).toFixed(0)} GB`;
  const advice = `A whole first run keeps about ${gigabytes(want)} (${gigabytes(bytes)} fetched). Free some, or put --home on a larger disk.`;
  return { ok: free >= want, from: `${gigabytes(free)} free`, advice: free >= want ? null : advice };
}

function fileChecks({ missing, places }: LoadedStudy): Check[] {
  if (missing.length === 0) return [{ ok: true, from: `${Object.keys(places).length} in place`, advice: null }];
  return missing.map((problem) => ({ ok: false, from: null, advice: problem.message }));
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(path.dirname(folder));
}
