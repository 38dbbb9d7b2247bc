import { regionOf } from '../../methods/regions';
import { everyValueOnce } from '../checks';
import { step } from '../step';

export default step({
  id: 'source/regions',
  doc: 'Countries and areas with the six regions of the paper (UN M49, the Americas split), politics as the study says',
  // A table of the program itself is damaged: nothing that follows should spend a request.
  onFailure: 'stop-run',
  params: ({ regions }) => ({ countries: regions.countries, politics: regions.politics }),
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    iso3: ['text', 'ISO 3166-1 alpha-3'],
    m49: ['text', 'UN M49 code; null for areas outside M49'],
    name: ['text', 'name'],
    region: ['text', 'one of six regions; null for Antarctica'],
  },
  index: ['country'],
  checks: [everyValueOnce('country', 'config/tables/un-m49-countries.csv names an area twice.')],
  async run({ params, write }) {
    write(
      params.countries.map(({ iso2, iso3, m49, name }) => ({
        country: iso2,
        iso3,
        m49,
        name,
        region: regionOf(iso2, params.countries, params.politics),
      })),
    );
    await Promise.resolve();
  },
});
