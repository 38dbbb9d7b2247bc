import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StudyError, loadStudy, type LoadOptions } from '../../config/load';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** A new folder with these files, by relative path; it is gone after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'atlas-config-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** Loads a study of this text, which extends the paper's and needs no ranking. */
export function loadText(text: string, options: LoadOptions = {}) {
  const folder = folderWith({ 'mine.yaml': text });
  return loadStudy(path.join(folder, 'mine.yaml'), { env: {}, missingFiles: 'list', ...options });
}

/** The error a study is refused with. */
export async function refusal(loading: Promise<unknown>): Promise<StudyError> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StudyError) return error;
  throw new Error(`Expected a StudyError, got ${String(error)}.`);
}

export const recordedFolder = process.env['ATLAS_RECORDED'] ?? path.resolve(__dirname, '../../../shared/data/fixtures');
