import { readdirSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';

/**
 * Files that match an absolute pattern, sorted. `*` and `?` stay within one folder or file name, `**` spans folders;
 * names that begin with a dot match only a pattern that does.
 */
export function filesMatching(pattern: string): string[] {
  const { root } = path.parse(pattern);
  const segments = pattern.slice(root.length).split(path.sep).filter(Boolean);
  return [...new Set(descend(root, segments))].sort();
}

function descend(at: string, [segment, ...rest]: readonly string[]): string[] {
  if (segment === undefined) return kind(at) === 'file' ? [at] : [];
  if (segment === '**') return [...descend(at, rest), ...folders(at).flatMap((folder) => descend(folder, [segment, ...rest]))];
  if (!/[*?]/.test(segment)) return descend(path.join(at, segment), rest);
  const rule = segmentRule(segment);
  // Of the last segment the folder itself says what is a file; only of a link we must ask.
  return entries(at)
    .filter(({ name }) => rule.test(name))
    .flatMap((entry) => (rest.length === 0 && entry.isFile() ? [path.join(at, entry.name)] : descend(path.join(at, entry.name), rest)));
}

function segmentRule(segment: string): RegExp {
  const body = segment
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${segment.startsWith('.') ? '' : '(?!\\.)'}${body}$`, 'u');
}

function folders(at: string): string[] {
  return names(at)
    .filter((name) => !name.startsWith('.'))
    .map((name) => path.join(at, name))
    .filter((child) => kind(child) === 'folder');
}

function names(at: string): string[] {
  return entries(at).map(({ name }) => name);
}

function entries(at: string): Dirent[] {
  return kind(at) === 'folder' ? readdirSync(at, { withFileTypes: true }) : [];
}

function kind(at: string): 'file' | 'folder' | undefined {
  const stat = statSync(at, { throwIfNoEntry: false });
  if (stat?.isFile()) return 'file';
  return stat?.isDirectory() ? 'folder' : undefined;
}
