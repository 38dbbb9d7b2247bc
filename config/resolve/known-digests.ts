import { mkdirSync, readFileSync, renameSync, writeFileSync, type Stats } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Size, time of the last change of content and of the inode, inode: a file that has them all is the same file. */
type Mark = string;

const file = z.object({ version: z.literal(1), known: z.record(z.string(), z.tuple([z.string(), z.string()])) });

/** A change within the same tick of the file system's clock as the reading would not show: younger files are read again. */
const SETTLED_MS = 2_000;

/** Digests of the user's files, by path, for as long as the file system says that they are as they were. Losing it costs time only. */
export class KnownDigests {
  readonly #known: Record<string, [mark: Mark, sha256: string]>;
  #changed = false;

  /** @param at where they are kept; null keeps none */
  constructor(private readonly at: string | null) {
    this.#known = at === null ? {} : read(at);
  }

  find(path: string, stat: Stats): string | null {
    const entry = this.#known[path];
    return entry !== undefined && entry[0] === markOf(stat) ? entry[1] : null;
  }

  /** @param stat as it was before the file was read */
  add(path: string, stat: Stats, sha256: string): void {
    if (this.#known[path]?.[0] === markOf(stat)) return;
    if (Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < SETTLED_MS) return;
    this.#known[path] = [markOf(stat), sha256];
    this.#changed = true;
  }

  /** Written beside and renamed: of two commands at once the later one wins, whole. */
  save(): void {
    if (this.at === null || !this.#changed) return;
    const beside = `${this.at}.${process.pid}`;
    mkdirSync(path.dirname(this.at), { recursive: true });
    writeFileSync(beside, JSON.stringify({ version: 1, known: this.#known }));
    renameSync(beside, this.at);
    this.#changed = false;
  }
}

function markOf({ size, mtimeMs, ctimeMs, ino, dev }: Stats): Mark {
  return [size, mtimeMs, ctimeMs, ino, dev].join(' ');
}

function read(at: string): Record<string, [Mark, string]> {
  try {
    return file.parse(JSON.parse(readFileSync(at, 'utf8'))).known;
  } catch {
    return {};
  }
}
