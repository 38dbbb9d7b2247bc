import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { QUEUES } from '../../config/queues';
import { searchAttributes } from '../../config/search-attributes';
import { loadSettings } from '../../config/settings';

const root = path.resolve(__dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

interface Service {
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}
const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Readonly<Record<string, Service>> };

test('the workers together poll every queue, each queue once', () => {
  const polled = ['worker', 'worker-cpu'].flatMap((name) => (services[name]!.command as string[]).at(-1)!.split(','));
  expect(polled.sort()).toEqual([...QUEUES].sort());
});

test('workers find given engines in their environment', () => {
  const environment = { ...services['worker']!.environment, ATLAS_DATABASE_URL: 'postgres://atlas:x@postgres:5432/atlas' };
  const blank = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(/^\$\{.*\}$/, '')]));
  expect(loadSettings({}, blank, '/nowhere')).toMatchObject({
    engines: 'given',
    home: '/home/atlas',
    temporal: { address: 'temporal:7233', namespace: services['temporal-namespace']!.environment!['TEMPORAL_NAMESPACE'] },
  });
});

test('the namespace gets the search attributes of the program', () => {
  const named = read('compose/temporal-namespace.sh').matchAll(/\b(Atlas\w+)=(\w+)/g);
  expect(Object.fromEntries([...named].map(([, name, type]) => [name, type]))).toEqual(searchAttributes);
});
