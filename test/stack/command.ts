import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { processInfo } from '../../stack/protocol';

const said = z.object({ processes: z.array(processInfo), url: z.string() });

/** A command in a process of its own that has opened the home; `end` lets go and gives its exit code. */
export interface Command {
  process: ChildProcess;
  said: z.infer<typeof said>;
  end: () => Promise<number | null>;
}

export async function runCommand(home: string): Promise<Command> {
  const child = spawn(process.execPath, [path.join(__dirname, 'fixtures', 'command.js'), home], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [first] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['null'])])) as [string];
  const end = async (): Promise<number | null> => {
    const exited = once(child, 'exit');
    child.stdin.end();
    const [code] = (await exited) as [number | null];
    return code;
  };
  return { process: child, said: said.parse(JSON.parse(first)), end };
}
