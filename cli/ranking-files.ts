import { conferenceFaults, journalFaults, readConferenceFiles, readJournalFiles } from '../activities/reading/rankings';
import { journalNotes } from '../clients/rankings/faults';
import type { LoadedStudy } from '../config/load';
import { CommandError } from './failure';
import { note } from './options';

/** Refused lines of a file that are told one by one. */
const TOLD_LINES = 5;

/**
 * Reads the rankings that a study names, before anything starts: what is wrong with a file is better known now than in the middle of a rebuild.
 * Lines that cannot be read are told and kept with their reason. @throws CommandError (exit 2) when a file is no such ranking, or of another year
 */
export async function checkRankings({ study: { rank }, places }: Pick<LoadedStudy, 'study' | 'places'>): Promise<void> {
  const locate = (sha256: string): Promise<string> => Promise.resolve(places[sha256]!);
  const faults: string[] = [];
  const read = async <File extends { name: string; refused: readonly { reason: string }[] }>(reading: Promise<File[]>): Promise<File[]> => {
    const files = await reading.catch((error: unknown) => {
      faults.push(error instanceof Error ? error.message : String(error));
      return [];
    });
    files.forEach(tellRefused);
    return files;
  };
  const journals = await read(readJournalFiles(rank, locate));
  const conferences = await read(readConferenceFiles(rank, locate));
  journalNotes(journals).forEach(note);
  faults.push(...journalFaults(journals, rank.year), ...(conferences.length > 0 ? conferenceFaults(conferences, rank.edition) : []));
  if (faults.length > 0) throw new CommandError(faults.join('\n'), 2);
}

function tellRefused({ name, refused }: { name: string; refused: readonly { reason: string }[] }): void {
  for (const { reason } of refused.slice(0, TOLD_LINES)) note(`${reason} That line is left out.`);
  if (refused.length > TOLD_LINES) note(`${refused.length - TOLD_LINES} more lines of ${name} are left out.`);
}
