import { statSync } from 'node:fs';
import { shownPath } from '../problems';
import type { StudyFile } from '../schema/file';
import type { FileRef, Study } from '../study';
import type { KeyPath } from '../yaml/source';
import { refFiles, refFolder, type Places } from './file-refs';
import { filesMatching } from './glob';
import type { KnownDigests } from './known-digests';
import type { Notes } from './notes';

interface Context {
  places: Places;
  notes: Notes;
  known: KnownDigests;
}

/** The user's PubMed files. They are read only on the route `files`. */
export async function resolvePubmed(asked: StudyFile['pubmed'], context: Context): Promise<Study['pubmed']> {
  const isRead = asked.on && asked.routes.includes('files');
  if (asked.files.length > 0 && !isRead) {
    const next = 'Add files to pubmed.routes, or set pubmed.files: [].';
    context.notes.wrong(['pubmed', 'files'], {
      rule: 'to be empty without the route files',
      got: asked.files.map(shownPath).join(', '),
      next,
    });
  }
  if (isRead && asked.files.length === 0) {
    const next = 'Name your files in pubmed.files, or take files out of pubmed.routes.';
    context.notes.wrong(['pubmed', 'routes'], { rule: 'to hold files only with pubmed.files', got: 'no pubmed.files', next });
  }
  return { ...asked, files: isRead ? await matched(asked.files, { ...context, path: ['pubmed', 'files'] }) : [] };
}

/** The ranking files. Without them the study is blocked, or does without that ranking: `rank.whenMissing`. */
export async function resolveRank(asked: StudyFile['rank'], context: Context): Promise<Omit<Study['rank'], 'coreAliases'>> {
  checkMetric(asked, context.notes);
  const optional = asked.whenMissing === 'without';
  const read = (key: 'journalFiles' | 'coreFiles', wanted: boolean) =>
    wanted ? matched(asked[key], { ...context, path: ['rank', key], optional, isRanking: true }) : Promise.resolve([]);
  return {
    ...asked,
    core: [...asked.core].sort(),
    journalFiles: await read('journalFiles', asked.journals !== 'none'),
    coreFiles: await read('coreFiles', asked.core.length > 0),
  };
}

/** The folder of recorded answers. */
export async function resolveWorld(asked: StudyFile['world'], { places, notes, known }: Context): Promise<Study['world']> {
  if ((asked.kind === 'recorded') !== (asked.from !== null)) {
    const next = 'Set both, for example world: { kind: recorded, from: "${ATLAS_RECORDED}" }, or neither.';
    notes.wrong(['world', 'from'], { rule: 'to be set with kind: recorded and only then', got: asked.from ?? 'null', next });
  }
  if (asked.kind !== 'recorded' || asked.from === null) return { ...asked, from: null };
  if (statSync(asked.from, { throwIfNoEntry: false })?.isDirectory()) return { ...asked, from: await refFolder(asked.from, places, known) };
  notes.wrong(['world', 'from'], {
    rule: 'to be a folder',
    got: `${asked.from}, which is none`,
    next: 'Correct the path or the variable.',
  });
  return { ...asked, from: null };
}

interface Wanted extends Context {
  path: KeyPath;
  optional?: boolean;
  isRanking?: boolean;
}

async function matched(patterns: readonly string[], wanted: Wanted): Promise<FileRef[]> {
  const { path, places, notes, known, optional = false, isRanking = false } = wanted;
  if (isRanking && !optional && patterns.length === 0) {
    notes.lacks(path, { rule: 'to name the ranking files', got: 'none', next: PUT_IN_PLACE });
  }
  const files = patterns.flatMap((pattern, index) => {
    const found = filesMatching(pattern);
    if (found.length > 0 || optional) return found;
    const got = `none at ${shownPath(pattern)}`;
    notes.lacks([...path, index], { rule: 'to match a file', got, next: isRanking ? PUT_IN_PLACE : 'Correct the path.' });
    return [];
  });
  return refFiles(files, places, known);
}

const PUT_IN_PLACE =
  'Put the ranking there (config/rankings/README.md says how to get it), or set rank.whenMissing: without to go on without that ranking.';

const METRICS: Readonly<Record<StudyFile['rank']['journals'], readonly StudyFile['rank']['metric'][]>> = {
  jcr: ['impact-factor'],
  scimago: ['cites-per-doc-2y', 'sjr'],
  none: ['impact-factor', 'cites-per-doc-2y', 'sjr'],
};

function checkMetric({ journals, metric }: StudyFile['rank'], notes: Notes): void {
  const metrics = METRICS[journals];
  if (metrics.includes(metric)) return;
  const next = `Set rank.metric: ${metrics[0]}.`;
  notes.wrong(['rank', 'metric'], { rule: `to be one that ${journals} has, ${metrics.join(' or ')}`, got: metric, next });
}
