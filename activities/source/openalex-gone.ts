import { goneWorks } from '../../clients/openalex/snapshot/gone-lists';
import { everyValueOnce } from '../checks';
import { step } from '../step';

export default step({
  id: 'source/openalex-gone',
  doc: 'Works that OpenAlex merged into others or deleted, by the lists beside its snapshot; none when the study reads the API',
  vintage: true,
  params: ({ openalex }) => ({ on: openalex.route !== 'api' }),
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    survivor: ['text', 'the work it was merged into, at the end of the chain; null when deleted'],
    date: ['date', 'when'],
  },
  index: ['work', 'survivor'],
  checks: [everyValueOnce('work', 'The lists of merged works name one twice: fetch them again under a new vintage.')],
  async run({ params, services, signal, write, progress }) {
    if (!params.on) return;
    const gone = await goneWorks(services.snapshot, { signal, progress });
    write(gone.map(({ work, into, date }) => ({ work, survivor: into, date })));
  },
});
