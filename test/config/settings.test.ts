import path from 'node:path';
import { environment } from '../../config/environment';
import { loadSettings } from '../../config/settings';
import { folderWith } from './study-folder';

const DATABASE = 'postgres://atlas:s3cr%2Ft-word@db.example:5432/atlas';
const GIVEN = { ATLAS_DATABASE_URL: DATABASE, TEMPORAL_ADDRESS: 'temporal.example:7233' };

test('defaults', () => {
  const root = folderWith({});
  expect(loadSettings({}, {}, root)).toMatchObject({
    root,
    home: path.join(root, '.atlas'),
    study: 'ai-life-science',
    engines: 'embedded',
    temporal: null,
    contactEmail: null,
    timeoutMs: 60_000,
    recorded: null,
    secrets: { openalexApiKey: null, ncbiApiKey: null, databaseUrl: null },
    services: { openalex: 'https://api.openalex.org' },
  });
});

test('flag over environment over .env over default', () => {
  const root = folderWith({ '.env': '# mine\nATLAS_STUDY=from-file\nATLAS_HOME=data/home\nATLAS_CONTACT_EMAIL="a@b.example"\n' });
  expect(loadSettings({}, {}, root)).toMatchObject({ study: 'from-file', home: path.join(root, 'data/home'), contactEmail: 'a@b.example' });
  expect(loadSettings({}, { ATLAS_STUDY: 'from-environment' }, root).study).toBe('from-environment');
  expect(loadSettings({ study: 'from-flag', home: 'there' }, { ATLAS_STUDY: 'x' }, root)).toMatchObject({
    study: 'from-flag',
    home: path.resolve('there'),
  });
});

test('an empty variable counts as absent', () => {
  const root = folderWith({ '.env': 'OPENALEX_API_KEY=from-file\n' });
  expect(loadSettings({}, { OPENALEX_API_KEY: ' ' }, root).secrets.openalexApiKey).toBe('from-file');
  expect(environment(root, { OPENALEX_API_KEY: '' })['OPENALEX_API_KEY']).toBe('from-file');
});

test('services can be pointed elsewhere, with or without a slash at the end', () => {
  const { services } = loadSettings({}, { ATLAS_OPENALEX_URL: 'http://127.0.0.1:4000/openalex/' }, folderWith({}));
  expect(services.openalex).toBe('http://127.0.0.1:4000/openalex');
});

test('database and Temporal: both, or neither', () => {
  const root = folderWith({});
  expect(loadSettings({}, GIVEN, root)).toMatchObject({
    engines: 'given',
    temporal: { address: 'temporal.example:7233', namespace: 'default' },
    secrets: { databaseUrl: DATABASE },
  });
  expect(() => loadSettings({}, { ATLAS_DATABASE_URL: DATABASE }, root)).toThrow('got ATLAS_DATABASE_URL only');
  expect(() => loadSettings({}, { TEMPORAL_ADDRESS: 'x:7233' }, root)).toThrow('Set ATLAS_DATABASE_URL too');
  expect(loadSettings({}, { TEMPORAL_NAMESPACE: 'mine' }, root).temporal).toBeNull();
});

test('a temporal.toml counts only where the user points at it', () => {
  const env = { ATLAS_DATABASE_URL: DATABASE, TEMPORAL_PROFILE: 'lab' };
  expect(loadSettings({}, env, folderWith({})).temporal).toMatchObject({ address: null, profile: 'lab' });
});

test('the demo brings its own engines, whatever the environment says', () => {
  const half = { ATLAS_DATABASE_URL: DATABASE };
  expect(loadSettings({ embedded: true }, half, folderWith({}))).toMatchObject({ engines: 'embedded', secrets: { databaseUrl: null } });
});

test.each([
  [{ TEMPORAL_ADDRESS: 'http://temporal' }, 'Expected TEMPORAL_ADDRESS to be host:port, got "http://temporal" (environment)'],
  [{ ATLAS_OPENALEX_URL: 'ftp://x' }, 'Expected ATLAS_OPENALEX_URL to be an http or https address'],
  [{ ATLAS_CONTACT_EMAIL: 'me' }, 'Expected ATLAS_CONTACT_EMAIL to be an e-mail address'],
])('%j is refused with exit code 2', (env, says) => {
  const load = () => loadSettings({}, env, folderWith({}));
  expect(load).toThrow(says);
  expect(load).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('a wrong database address is refused without being shown', () => {
  const load = () => loadSettings({}, { ATLAS_DATABASE_URL: 'mysql://u:hunter22@h/d' }, folderWith({}));
  expect(load).toThrow('Expected ATLAS_DATABASE_URL to be an address such as');
  expect(load).not.toThrow('hunter22');
});

test('a bucket for fetched bytes, under the names that the tools of Amazon read', () => {
  const root = folderWith({});
  const keys = { AWS_ACCESS_KEY_ID: 'AK1', AWS_SECRET_ACCESS_KEY: 'bucket-secret' };
  const load = (env: Record<string, string>) => loadSettings({}, { ...keys, ...env }, root);
  expect(load({}).bucket).toBeNull();
  expect(load({ ATLAS_BLOBS_URL: 's3://my-bucket' }).bucket).toEqual({
    name: 'my-bucket',
    prefix: '',
    endpoint: null,
    region: 'us-east-1',
    accessKeyId: 'AK1',
  });
  const given = load({ ATLAS_BLOBS_URL: 's3://my-bucket/a//b/', AWS_ENDPOINT_URL_S3: 'http://minio:9000/', AWS_REGION: 'eu-west-1' });
  expect(given.bucket).toMatchObject({ prefix: 'a/b', endpoint: 'http://minio:9000', region: 'eu-west-1' });
  expect(given.redact('key AK1 bucket-secret')).toBe('key AK1 [secret]');
  expect(() => load({ ATLAS_BLOBS_URL: 'https://x' })).toThrow('Expected ATLAS_BLOBS_URL to be s3://bucket');
  expect(() => load({ ATLAS_BLOBS_URL: 's3://my-bucket', AWS_SECRET_ACCESS_KEY: '' })).toThrow(
    'Expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside ATLAS_BLOBS_URL, got not both',
  );
});

test('secrets are replaced in any text, as they are and as they look in a URL', () => {
  const env = { ...GIVEN, OPENALEX_API_KEY: 'key+with/signs', NCBI_API_KEY: 'abc' };
  const { redact } = loadSettings({}, env, folderWith({}));
  const text = `${DATABASE} s3cr/t-word s3cr%2Ft-word key+with/signs key%2Bwith%2Fsigns abcdef`;
  expect(redact(text)).toBe('[secret] [secret] [secret] [secret] [secret] abcdef');
});
