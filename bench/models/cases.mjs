/** What is fitted, beside which peer, and how many times its CPU time ours may take in a new process. */
const regions = 'y ~ factor(region) + factor(year)';
const teams = 'y ~ intl + authors + factor(year)';
const nb2 = { model: 'nb2', formula: regions };

export const cases = {
  regions: {
    spec: nb2,
    term: 'region[1]',
    peers: { 'fenegbin-regions': 0.03, 'glm.nb-aggregated': 0.15, 'glm.nb-cells': null, 'glm.nb-raw': 0.15, statsmodels: 0.15 },
  },
  'regions, robust errors': { spec: { ...nb2, se: 'robust' }, without: nb2, term: 'region[1]', peers: { 'sandwich-robust': 0.1 } },
  'regions, clustered errors': {
    spec: { ...nb2, se: { cluster: 'outlet' } },
    without: nb2,
    term: 'region[1]',
    peers: { 'sandwich-cluster': 0.1 },
  },
  'outlets, nb2-fe': {
    spec: { model: 'nb2-fe', formula: regions, group: 'outlet', se: 'oim' },
    term: 'region[1]',
    peers: { 'fenegbin-outlets': 0.2 },
  },
  'outlets, nb-hhg': {
    spec: { model: 'nb-hhg', formula: regions, group: 'outlet' },
    term: 'region[1]',
    peers: { 'fenegbin-outlets': 0.15 },
  },
  'outlets, poisson-fe': { spec: { model: 'poisson-fe', formula: regions, group: 'outlet' }, term: 'region[1]', peers: {} },
  'countries, nb2': { spec: { model: 'nb2', formula: `${teams} + factor(country)` }, term: 'intl', peers: { 'fenegbin-countries': 0.2 } },
  'countries, nb-hhg': { spec: { model: 'nb-hhg', formula: teams, group: 'country' }, term: 'intl', peers: { 'fenegbin-countries': 0.2 } },
};
