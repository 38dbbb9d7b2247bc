import { createHash } from 'node:crypto';
import { answer, html, refusable, Refusal, type Answer, type Request } from '../exchange';
import type { BulkFile, Holdings } from '../holdings';

/** A bulk file with its checksum line in NLM's form. */
export function bulkFile(name: string, bytes: Buffer): BulkFile {
  return { name, bytes, md5: `MD5(${name})= ${createHash('md5').update(bytes).digest('hex')}\n` };
}

/** Answers of the bulk host: two folders with listings, files and `.md5` files. */
export function bulkHost(holdings: Holdings) {
  const folders = new Map([
    ['baseline', holdings.baseline],
    ['updatefiles', holdings.updatefiles],
  ]);
  return (request: Request): Answer =>
    refusable(() => {
      const [, folder = '', name = ''] = request.path.split('/');
      const files = folders.get(folder);
      if (!['GET', 'HEAD'].includes(request.method) || !files) throw missing();
      return name === '' ? listing(folder, files) : file(files, name);
    });
}

const missing = () => new Refusal(html(404, '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>'));

function file(files: BulkFile[], name: string): Answer {
  const wanted = files.find((one) => name === one.name || name === `${one.name}.md5`);
  if (!wanted) throw missing();
  return name === wanted.name ? answer(200, 'application/x-gzip', wanted.bytes) : answer(200, 'text/plain', wanted.md5);
}

function listing(folder: string, files: BulkFile[]): Answer {
  const row = (name: string, size: number) => `<a href="${name}">${name}</a>${' '.repeat(12)}2026-01-27 14:03  ${size}\n`;
  const rows = files.flatMap((one) => [row(one.name, one.bytes.length), row(`${one.name}.md5`, one.md5.length)]);
  const title = `Index of /pubmed/${folder}`;
  return html(
    200,
    `<!DOCTYPE HTML>\n<html><head><title>${title}</title></head>\n<body><h1>${title}</h1>\n<pre>Name                    Last modified      Size  <hr><a href="/pubmed/">Parent Directory</a>                                  -   \n${rows.join('')}<hr></pre>\n</body></html>\n`,
  );
}
