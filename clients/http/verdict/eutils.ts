import { BadRequest, BrokenAnswer, RateLimited, ServerTrouble, Unauthorized } from '../errors';
import { retryAfterMs } from '../meter';
import { type Case, type Judge, quoted, refusal, where } from './judge';

/** ESearch gives the first 9,999 hits and clamps greater wishes in silence. */
export const ESEARCH_MAX_HITS = 9_999;

const HEAD_BYTES = 4_096;
const TAIL_BYTES = 200;
const ourBug = /cannot be larger than|Invalid id parameter|Unable to obtain query/;
const nothingAsked = /ID list is empty/;
const passing = /proxy_stream\(\)|Empty Response|Timeout|Bad Gateway|Service Unavailable|502|503/;

/** Judges answers of ESearch and EFetch. Bodies are quoted only where they are an `ERROR` text: the JSON ones repeat the key. */
export const judgeEutils: Judge = (answer) => {
  const text = head(answer.body);
  throwIfJson(answer, text);
  const error = /<ERROR>([^]*?)<\/ERROR>/.exec(text)?.[1];
  if (error !== undefined) return judgeError(answer, error);
  if (answer.status !== 200) throw refusal(answer);
  return answer.request.path.endsWith('/esearch.fcgi') ? searchRows(answer) : recordRows(answer);
};

function throwIfJson(answer: Case, text: string): void {
  if (!text.trimStart().startsWith('{')) return;
  const { status } = answer;
  if (status === 429 || text.includes('rate limit exceeded')) {
    const asked = retryAfterMs(answer.headers, answer.now) ?? undefined;
    throw new RateLimited(
      `Expected to be within the pace of NCBI, got ${status} "API rate limit exceeded" (${where(answer)}). Wait and repeat.`,
      { status, retryAfterMs: asked },
    );
  }
  if (text.includes('API key invalid')) {
    throw new Unauthorized(
      `Expected a valid NCBI key, got ${status} "API key invalid" (${where(answer)}). Set NCBI_API_KEY, or unset it to go without.`,
      { status },
    );
  }
  if (status === 200) throw broken(answer, 'XML', 'JSON');
}

function judgeError(answer: Case, error: string): number {
  const { status } = answer;
  const isFetch = answer.request.path.endsWith('/efetch.fcgi');
  if (isFetch && nothingAsked.test(error)) return 0;
  const got = `${status} ${quoted(error)} (${where(answer)})`;
  const refused = ourBug.test(error) || (status === 400 && !passing.test(error));
  if (refused) throw new BadRequest(`Expected a request that E-utilities take, got ${got}. This is a bug; report it.`, { status });
  throw new ServerTrouble(`Expected an answer from E-utilities, got ${got}. Try again later.`, { status });
}

function searchRows(answer: Case): number {
  const { form = {}, query = {} } = answer.request;
  const text = answer.body.toString('utf8');
  if (!/<eSearchResult>/.test(text) || !/<\/eSearchResult>\s*$/.test(text)) throw broken(answer, 'a closed eSearchResult', sight(text));
  const count = /<eSearchResult>\s*<Count>(\d+)<\/Count>/.exec(text)?.[1];
  if (count === undefined) throw broken(answer, 'a Count', 'none');
  const rows = text.match(/<Id>/g)?.length ?? 0;
  const wish = Number(form['retmax'] ?? query['retmax'] ?? 20);
  const start = Number(form['retstart'] ?? query['retstart'] ?? 0);
  const due = Math.max(0, Math.min(wish, Number(count) - start, ESEARCH_MAX_HITS - start));
  if (rows < due) throw broken(answer, `${due} ids of ${count}`, String(rows));
  return rows;
}

function recordRows(answer: Case): number {
  const { body } = answer;
  const opening = head(body).replace(/^\uFEFF?\s*(<\?xml[^>]*>)?\s*(<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>)?\s*/, '');
  if (/^<PubmedArticleSet[^>]*\/>\s*$/.test(opening)) return 0;
  const closing = body.subarray(-TAIL_BYTES).toString('utf8');
  if (!/^<PubmedArticleSet[\s>]/.test(opening) || !/<\/PubmedArticleSet>\s*$/.test(closing)) {
    throw broken(answer, 'a closed PubmedArticleSet', sight(opening));
  }
  return body.toString('latin1').match(/<Pubmed(Book)?Article>/g)?.length ?? 0;
}

function head(body: Buffer): string {
  return body.subarray(0, HEAD_BYTES).toString('utf8');
}

/** The first tag at most: enough to recognise a page, too little to repeat a secret. */
function sight(text: string): string {
  const tag = /<[!/]?[A-Za-z]+/.exec(text)?.[0];
  return tag === undefined ? 'no XML' : `a body that begins ${tag}> or is cut off`;
}

function broken(answer: Case, expected: string, got: string): BrokenAnswer {
  return new BrokenAnswer(`Expected ${expected}, got ${got} (${where(answer)}). Try again; nothing of this answer was kept.`, {
    status: answer.status,
  });
}
