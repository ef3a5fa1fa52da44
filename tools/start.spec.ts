import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const script = join(import.meta.dirname, 'start.mjs');

/** The start as npm runs it: in a shell, which waits for it. Resolves with its address once it serves. */
async function startInShell(): Promise<{ shell: ChildProcess; url: string }> {
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}"; exit $?`], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', LOG_FORMAT: 'json', CHECKPOINTS_DIR: 'none' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  // which goes on being read: a server that writes to nobody would end
  for await (const [chunk] of on(shell.stdout, 'data', { close: ['end'] })) {
    said += String(chunk);
    const url = /listening on (http:\/\/[^\s"]+)/.exec(said)?.[1];
    if (url !== undefined) return { shell, url: url.replace('localhost', '127.0.0.1') };
  }
  throw new Error(`It ended before it served: ${said}`);
}

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(`${url}/healthz`);
    } catch {
      return;
    }
    await delay(50);
  }
}

describe('npm start', () => {
  it('ends with the shell that npm runs it in, which passes no signal on', async () => {
    const { shell, url } = await startInShell();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    shell.kill('SIGTERM');
    await once(shell, 'exit');
    await untilRefused(url);
  });
});
