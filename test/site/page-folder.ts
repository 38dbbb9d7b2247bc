import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { composeSite } from '../../activities/report/page/compose';
import type { PageData } from '../../drawing/page-data';

const root = path.resolve(__dirname, '../..');

/** Script and style as the build makes them, from source. */
export function builtAssets(): { script: string; style: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-assets-'));
  execFileSync(process.execPath, [path.join(root, 'scripts/build-site.mjs'), folder], { stdio: 'pipe' });
  return { script: readFileSync(path.join(folder, 'atlas.js'), 'utf8'), style: readFileSync(path.join(folder, 'atlas.css'), 'utf8') };
}

/** Writes the page to a new folder and returns it. */
export function writePage(data: PageData, assets: { script: string; style: string }): string {
  const folder = process.env.ATLAS_PAGE_FOLDER ?? mkdtempSync(path.join(os.tmpdir(), 'atlas-page-'));
  for (const file of composeSite(data, assets)) {
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
  return folder;
}
