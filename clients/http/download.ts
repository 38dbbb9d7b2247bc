import { randomBytes } from 'node:crypto';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalText, sha256, shortText } from './canonical';
import { accounted, type Exchange, judges } from './exchange';
import { outgoing } from './outgoing';
import type { AtlasRequest, SavedFile } from './ports';
import { collect, open } from './send';

export interface Wish {
  request: AtlasRequest;
  /** Where the file shall stand. */
  file: string;
  signal?: AbortSignal;
}

export interface DownloadRules {
  /** Throws if nothing may be sent. */
  beforeSending: () => void;
  retry: (attempt: () => Promise<SavedFile>) => Promise<SavedFile>;
}

/** Streams an answer to disk. The file appears under its name only when it is whole; if it stands there already it is hashed and nothing is sent. */
export async function download(wish: Wish, parts: Exchange, rules: DownloadRules): Promise<SavedFile> {
  const standing = await hashOf(wish.file);
  if (standing !== null) {
    await noteCached(wish.request, parts, standing.bytes);
    return { ...standing, cached: true };
  }
  rules.beforeSending();
  await mkdir(path.dirname(wish.file), { recursive: true });
  return rules.retry(() => attempt(wish, parts));
}

async function attempt({ request, file, signal }: Wish, parts: Exchange): Promise<SavedFile> {
  const out = outgoing(request, { base: parts.bases[request.service], secrets: parts.secrets, userAgent: parts.userAgent });
  const line = { ...parts, where: shortText(request), signal };
  // Two attempts may fetch the same file, in one process or in two; each writes its own part and the last rename wins.
  const part = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    return await accounted(request, parts, async (count) => {
      await parts.limiter.wait(request.service, signal);
      const opened = await open(out, line, parts.limits.fileBytes);
      count(opened);
      if (opened.status !== 200) judges[request.service]({ ...(await collect(opened, line)), request, now: parts.clock.now() });
      const hashes = new Hashes();
      await pipeline(hashes.through(opened.chunks), createWriteStream(part));
      count({ ...opened, bytes: hashes.bytes });
      await rename(part, file);
      return { ...hashes.result(), cached: false };
    });
  } finally {
    await rm(part, { force: true });
  }
}

async function hashOf(file: string): Promise<Omit<SavedFile, 'cached'> | null> {
  const known = await stat(file).catch(() => null);
  if (known === null) return null;
  const hashes = new Hashes();
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hashes.add(chunk);
  return hashes.result();
}

async function noteCached(request: AtlasRequest, { ledger }: Exchange, bytes: number): Promise<void> {
  const canonical = canonicalText(request);
  const id = await ledger.intent({ service: request.service, canonical, requestDigest: sha256(canonical), cached: true, price: 0 });
  await ledger.complete(id, { status: 200, credits: 0, usd: 0, bytes, rows: null, error: null });
}

class Hashes {
  bytes = 0;
  readonly #md5: Hash = createHash('md5');
  readonly #sha256: Hash = createHash('sha256');

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#md5.update(chunk);
    this.#sha256.update(chunk);
  }

  async *through(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.add(chunk);
      yield chunk;
    }
  }

  result(): Omit<SavedFile, 'cached'> {
    return { bytes: this.bytes, md5: this.#md5.digest('hex'), sha256: this.#sha256.digest('hex') };
  }
}
