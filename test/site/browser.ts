import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** A headless Chromium: the one that @sparticuz/chromium carries (linux x64), else CHROME_PATH, else the system's; null where there is none. */
export async function launchBrowser(): Promise<Browser | null> {
  for (const choice of choices()) {
    try {
      return await chromium.launch({ ...choice, headless: true });
    } catch (error) {
      console.warn(`${choice.executablePath} does not start: ${String(error).split('\n')[0]}`);
    }
  }
  console.warn('No Chromium found: the page tests in a browser are skipped. Set CHROME_PATH to run them.');
  return null;
}

function choices(): { executablePath: string; args: string[] }[] {
  const installed = [
    process.env.CHROME_PATH,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = installed.filter((file) => file !== undefined).filter((file) => existsSync(file));
  const given = found.map((executablePath) => ({ executablePath, args: ['--no-sandbox'] }));
  return [...carried(), ...given];
}

/** The package is an ES module, which jest does not load: a process of its own unpacks the browser and says where. */
function carried(): { executablePath: string; args: string[] }[] {
  if (process.platform !== 'linux' || process.arch !== 'x64' || process.env.CHROME_PATH) return [];
  const script =
    "import c from '@sparticuz/chromium'; console.log(JSON.stringify({ executablePath: await c.executablePath(), args: c.args }))";
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: __dirname, encoding: 'utf8' });
  const { executablePath, args } = JSON.parse(said) as { executablePath: string; args: string[] };
  return [{ executablePath, args: args.filter((arg) => arg !== '--single-process') }];
}
