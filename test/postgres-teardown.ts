import { existsSync, rmSync } from 'node:fs';
import { homeAt } from '../stack/home';
import { stopStack } from '../stack/session';
import { testHome } from './postgres';

/** Removes what the test files of this jest shared. Runs once, after all of them. */
export default async function removeTestHome(): Promise<void> {
  const home = testHome();
  if (!existsSync(home)) return;
  await stopStack(home);
  const { outside } = homeAt(home);
  for (const folder of [home, outside]) rmSync(folder, { recursive: true, force: true });
}
