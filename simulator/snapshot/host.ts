import { answer, refusable, Refusal, xml, type Answer, type Request } from '../exchange';
import type { Holdings } from '../holdings';
import type { Switches } from '../switches';
import { snapshotFiles } from './files';

/** Keys in one page of a listing. */
const PAGE = 1000;

/** Answers as the public bucket does: objects by their path, and listings by prefix in pages. Files are made when they are first asked for. */
export function snapshotHost(holdings: Holdings, switches: Switches) {
  const made = new Map<string, Map<string, Buffer>>();
  const files = () => {
    const { snapshotShape: shape } = switches;
    if (!made.has(shape)) made.set(shape, snapshotFiles(holdings, shape));
    return made.get(shape)!;
  };
  return (request: Request): Answer =>
    refusable(() => {
      if (!['GET', 'HEAD'].includes(request.method)) throw refused(405, 'MethodNotAllowed');
      if (request.params.get('list-type') === '2') return listing(files(), request.params);
      const bytes = files().get(request.path);
      if (bytes === undefined) throw refused(404, 'NoSuchKey');
      return answer(200, request.path.endsWith('.gz') ? 'application/x-gzip' : 'application/octet-stream', bytes);
    });
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const refused = (status: number, code: string) => new Refusal(xml(status, `${head}<Error><Code>${code}</Code></Error>`));

function listing(files: ReadonlyMap<string, Buffer>, params: URLSearchParams): Answer {
  const prefix = params.get('prefix') ?? '';
  const after = params.get('continuation-token') ?? '';
  const keys = [...files.keys()].map((path) => path.slice(1)).filter((key) => key.startsWith(prefix) && key > after);
  const page = keys.sort().slice(0, PAGE);
  const more = keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)!}</NextContinuationToken>` : '';
  const rows = page.map((key) => `<Contents><Key>${key}</Key><Size>${files.get(`/${key}`)!.length}</Size></Contents>`);
  return xml(200, `${head}<ListBucketResult><Name>openalex</Name>${more}${rows.join('')}</ListBucketResult>`);
}
