import { readFile } from 'node:fs/promises';
import { gazetteerRows } from '../reading/gazetteer';
import { step } from '../step';

export default step({
  id: 'source/gazetteer',
  doc: 'Names of countries, states, provinces and research cities that the country reader knows: tables that ship with the program',
  // A table of the program itself is damaged: nothing that follows should spend a request.
  onFailure: 'stop-run',
  params: ({ lead }) => ({ files: lead.gazetteer }),
  output: {
    table: ['text', 'file the line stands in, without .csv'],
    iso2: ['text', 'ISO 3166-1 alpha-2'],
    name: ['text', 'name or phrase'],
    code: ['text', 'postal letters of a state or province'],
    kind: ['text', 'kind of a phrase'],
  },
  async run({ params, services, write }) {
    for (const file of params.files)
      write(gazetteerRows(file.name, await readFile(await services.file(file.sha256), 'utf8')).map((row) => ({ ...row })));
  },
});
