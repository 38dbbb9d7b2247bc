import { step } from '../step';

export default step({
  id: 'source/concept-tree',
  doc: 'OpenAlex concepts of level 0 and 1 with their parents: a table that ships with the program',
  // A table of the program itself is damaged: nothing that follows should spend a request.
  onFailure: 'stop-run',
  params: ({ topic }) => ({ concepts: topic.concepts }),
  output: {
    concept: ['text', 'OpenAlex concept id, C…'],
    name: ['text', 'display name'],
    level: ['smallint', '0 or 1'],
    parents: ['text[]', 'names of its parents'],
  },
  index: ['concept'],
  async run({ params, write }) {
    write(params.concepts.map(({ id, name, level, parents }) => ({ concept: id, name, level, parents })));
    await Promise.resolve();
  },
});
