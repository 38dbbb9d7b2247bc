import { idNumber, IdTable } from '../../clients/openalex/snapshot/id-table';
import type { InputTable, StepRun } from '../../dag/step';
import { everyValueOnce } from '../checks';
import { goneAmong, lastMade, leftOut, readPart } from '../reading/snapshot';
import { worksInPart, type SoughtTables } from '../reading/snapshot-thread';
import pubmedIdentifiers from '../sample/pubmed-identifiers';
import { step } from '../step';
import openalexConferences from './openalex-conferences';
import openalexGone from './openalex-gone';
import openalexParts from './openalex-parts';

export default step({
  id: 'source/openalex-snapshot-works',
  doc: 'Works of the OpenAlex snapshot that bear a PMID or DOI of a PubMed article, or are in a conference source; one shard per part file',
  queue: 'cpu',
  inputs: { parts: openalexParts, gone: openalexGone, identifiers: pubmedIdentifiers, conferences: openalexConferences },
  params: ({ openalex }) => ({ on: openalex.route === 'snapshot' }),
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    pmid: ['integer', 'PubMed identifier'],
    doi: ['text', 'DOI, lower case'],
    source: ['text', 'OpenAlex source id'],
    year: ['smallint', 'publication year'],
    left_out: ['text', 'gone (merged or deleted), expansion, or null: it counts'],
    record: ['text', 'the record, JSON, in the fields that the API is asked for'],
  },
  shards: ({ parts }, { on }) => (on ? parts.eachRow('name') : []),
  checks: [
    everyValueOnce('work', 'A work is in two parts: the snapshot was replaced while it was read. Start a new vintage from its manifest.'),
  ],
  async run(run) {
    const { inputs, query, write, progress } = run;
    const tables = await soughtOf(`${inputs.identifiers.digest} ${inputs.conferences.digest}`, () => readSought(inputs));
    const rows = await readPart(run, worksInPart, { tables });
    const gone = await goneAmong(
      query,
      inputs.gone,
      rows.map(({ work }) => work),
    );
    write(rows.map(({ isExpansion, ...row }) => ({ ...row, left_out: leftOut(gone, { id: row.work, isExpansion }) })));
    progress(`${rows.length} works`);
  },
});

const soughtOf = lastMade<SoughtTables>();

type Inputs = StepRun<never, { identifiers: typeof pubmedIdentifiers; conferences: typeof openalexConferences }, never, never>['inputs'];

async function readSought({ identifiers, conferences }: Inputs): Promise<SoughtTables> {
  const pmids: number[] = [];
  const dois = new Set<string>();
  for await (const { pmid, doi } of identifiers.rows()) {
    pmids.push(pmid!);
    if (doi !== null) dois.add(doi);
  }
  return { pmids: IdTable.ofNumbers(pmids), dois, sources: IdTable.ofNumbers(await sourceNumbers(conferences)) };
}

async function sourceNumbers(conferences: InputTable<(typeof openalexConferences)['output']>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { source } of conferences.rows()) numbers.push(idNumber(source!)!);
  return numbers;
}
