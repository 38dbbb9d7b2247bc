import { idNumber, IdTable } from '../../clients/openalex/snapshot/id-table';
import { sql, type Sql } from '../../dag/sql';
import { everyValueOnce } from '../checks';
import { clinicalColumns, ownFilter } from '../reading/clinical';
import { goneAmong, lastMade, leftOut, readPart } from '../reading/snapshot';
import { linksInPart } from '../reading/snapshot-thread';
import focalWorks from '../sample/focal-works';
import { step } from '../step';
import openalexGone from './openalex-gone';
import openalexParts from './openalex-parts';

export default step({
  id: 'source/openalex-snapshot-citing',
  doc: 'Citing links by the OpenAlex snapshot: which works cite which article, with the clinical bits of the citing text; one shard per part file',
  queue: 'cpu',
  inputs: { parts: openalexParts, gone: openalexGone, works: focalWorks },
  params: (study) => ({ on: study.openalex.route !== 'api', filter: ownFilter(study) }),
  output: {
    focal: ['text', 'OpenAlex id of the cited work of the sample'],
    citing: ['text', 'OpenAlex id of the citing work'],
    merged: ['boolean', 'the citing work names one that was merged into the focal one'],
    year: ['smallint', 'publication year of the citing work'],
    date: ['date', 'publication date of the citing work'],
    pmid: ['integer', 'PubMed identifier of the citing work'],
    retracted: ['boolean', 'whether the citing work is retracted'],
    has_abstract: ['boolean', 'whether OpenAlex has an abstract of the citing work'],
    ...clinicalColumns,
    left_out: ['text', 'gone (merged or deleted), expansion, or null: it counts'],
  },
  shards: ({ parts }, { on }) => (on ? parts.eachRow('name') : []),
  checks: [
    everyValueOnce(
      ['focal', 'citing'],
      'A link is in two parts: the snapshot was replaced while it was read. Start a new vintage from its manifest.',
    ),
  ],
  async run(run) {
    const { inputs, query, write, progress } = run;
    const focal = await focalOf(`${inputs.works.digest} ${inputs.gone.digest}`, () => readFocal(query, inputs));
    const found = await readPart(run, linksInPart, { focal, filter: run.params.filter });
    const gone = await goneAmong(query, inputs.gone, [...new Set(found.map(({ citing }) => citing))]);
    write(found.map(({ isExpansion, ...link }) => ({ ...link, left_out: leftOut(gone, { id: link.citing, isExpansion }) })));
    progress(`${found.length} links`);
  },
});

const focalOf = lastMade<IdTable>();

/** Works of the sample by their numbers, and works that were merged into one of them by theirs. */
async function readFocal(
  query: <T>(statement: Sql) => Promise<T[]>,
  inputs: { works: Parameters<typeof sql>[1]; gone: Parameters<typeof sql>[1] },
): Promise<IdTable> {
  const rows = await query<{ named: string; focal: string }>(
    sql`select work as named, work as focal from ${inputs.works} as works
        union all select g.work, g.survivor from ${inputs.gone} as g join ${inputs.works} as works on works.work = g.survivor`,
  );
  return IdTable.of(rows.map(({ named, focal }) => [idNumber(named)!, idNumber(focal)!] as const));
}
