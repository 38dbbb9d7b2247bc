import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../stack/project-root';

/** A folder of steps of a test's own, for ATLAS_STEPS: each file is JavaScript with the `step` of the program at hand. */
export class OwnSteps {
  readonly folder: string;

  constructor(top: string) {
    this.folder = path.join(top, 'steps');
    mkdirSync(path.join(this.folder, 'node_modules'), { recursive: true });
    symlinkSync(projectRoot(), path.join(this.folder, 'node_modules', 'research-atlas'));
  }

  /** Writes a step: what it reads, and the rest of its spec as text. */
  put(id: string, reads: readonly string[], spec: string): void {
    const name = (of: string): string => of.split('/')[1]!.replaceAll('-', '_');
    const lines = [
      "const { step } = require('research-atlas/dist/activities/step');",
      "const { each } = require('research-atlas/dist/dag/shards');",
      "const { sql } = require('research-atlas/dist/dag/sql');",
      ...reads.map((other) => `const ${name(other)} = require('../${other}').default;`),
      `exports.default = step({ id: '${id}', doc: 'A step of a test.', inputs: { ${reads.map(name).join(', ')} }, ${spec} });`,
    ];
    mkdirSync(path.dirname(path.join(this.folder, id)), { recursive: true });
    writeFileSync(path.join(this.folder, `${id}.js`), `${lines.join('\n')}\n`);
  }

  /** Writes their code digests, as a build does. */
  print(): void {
    execFileSync(process.execPath, [path.join(projectRoot(), 'scripts', 'write-codes.mjs'), this.folder]);
  }
}
