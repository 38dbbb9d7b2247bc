import { listBulk } from '../../clients/pubmed/bulk';
import { everyValueOnce } from '../checks';
import { step } from '../step';

/** A file of the user stands before all bulk files, so that NLM's own record of an article wins. */
const USER_FILE = 0;

export default step({
  id: 'source/pubmed-files',
  doc: 'The PubMed files of this vintage: baseline, then updates, each with its checksum; and the XML files the user put in place',
  queue: 'pubmed',
  vintage: true,
  params: ({ pubmed }) => ({
    bulk: pubmed.on && pubmed.routes.includes('bulk'),
    files: pubmed.on && pubmed.routes.includes('files') ? pubmed.files : [],
  }),
  output: {
    name: ['text', 'file name'],
    route: ['text', 'bulk (from NLM) or files (put in place by the user)'],
    path: ['text', "below NLM's pubmed folder; null for the user's files"],
    digest: ['text', 'md5 as NLM publishes it, or sha256 of a user file'],
    seq: ['integer', 'reading order: of two records of one article the later file wins'],
  },
  checks: [everyValueOnce('name', 'Two PubMed files have the same name: rename one of those you put in place.')],
  async run({ params, services, write, signal }) {
    const bulk = params.bulk ? await listBulk(services.fetcher, signal) : [];
    write(bulk.map((file, index) => ({ name: file.name, route: 'bulk', path: file.path, digest: file.md5, seq: USER_FILE + 1 + index })));
    write(params.files.map((file) => ({ name: file.name, route: 'files', path: null, digest: file.sha256, seq: USER_FILE })));
  },
});
