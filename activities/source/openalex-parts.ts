import { manifestOf } from '../../clients/openalex/snapshot/source';
import { everyValueOnce } from '../checks';
import { step } from '../step';

export default step({
  id: 'source/openalex-parts',
  doc: 'Part files of the works in the OpenAlex snapshot of this vintage, with bytes and records by its manifest; none when the study reads the API',
  vintage: true,
  params: ({ openalex }) => ({ on: openalex.route !== 'api' }),
  output: {
    name: ['text', 'updated_date=…/part_…: of the last change of its records'],
    path: ['text', 'below the root of the snapshot'],
    bytes: ['bigint', 'length of the packed file'],
    records: ['integer', 'records in it'],
    release: ['text', 'date of the release; null in manifests from before 2026'],
  },
  checks: [everyValueOnce('name', 'The manifest of the snapshot names a part twice: fetch it again under a new vintage.')],
  async run({ params, services, signal, write }) {
    if (!params.on) return;
    const { parts, release } = await manifestOf(services.snapshot, 'works', signal);
    write(parts.map(({ name, path, bytes, records }) => ({ name, path, bytes, records, release })));
  },
});
