import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Debian's Python, which has its python3-fastapi and python3-uvicorn. */
export const PYTHON = '/usr/bin/python3';

/** The port is the first line that the server prints. */
function readPort({ stdout }: ChildProcessByStdio<Writable, Readable, null>): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (piece) => {
      text += String(piece);
      if (text.includes('\n')) resolve(Number.parseInt(text, 10));
    });
    stdout.on('end', () => reject(new Error('The FastAPI server ended before it listened.')));
  });
}

/** Starts one of the servers in `fastapi`. Whoever starts it closes its process, which also ends when this one does. */
export async function startPython(
  script: string,
  flags: readonly string[],
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const path = fileURLToPath(new URL(`../fastapi/${script}`, import.meta.url));
  const child = spawn(PYTHON, ['-B', path, ...flags], { stdio: ['pipe', 'pipe', isQuiet ? 'ignore' : 'inherit'] });
  const port = await readPort(child);
  return {
    port,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}
