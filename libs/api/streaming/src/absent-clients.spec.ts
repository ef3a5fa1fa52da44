import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { closeAfterEach, dial } from '@tandem/testing';
import { startStreaming } from './testing/start-streaming';

const closing = closeAfterEach();
const PIECE = 'x'.repeat(4_000);
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

/** A curl, or a fetch where there is none, that has read the beginning of an endless answer. */
async function curl(origin: string) {
  const url = `${origin}/stream?model=echo&prompt=endless`;
  const fetching = `fetch('${url}').then(async ({ body }) => { for await (const piece of body) process.stdout.write(piece); })`;
  const [command, ...words] = existsSync('/usr/bin/curl') ? ['curl', '-sN', url] : [process.execPath, '-e', fetching];
  const child = spawn(command ?? '', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  closing(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return child;
}

/** As a model does: a piece in every turn, until the test is over. */
function keepSaying(say: (text: string) => void, pieces: number): void {
  let said = 0;
  const timer = setInterval(() => void (said++ < pieces ? say(PIECE) : say('.')), 2);
  closing(() => clearInterval(timer));
}

describeOnLinux('a client that went without a word', () => {
  it('is let go, and the work for it stopped, when it was stopped in the middle and its window is full', async () => {
    const { origin, say, whenStopped, runs } = await startStreaming({ limits: { stalledMs: 1_000, checkMs: 50 } });
    const reader = await curl(origin);
    reader.kill('SIGSTOP');
    // far less than the system takes from the server without a word
    keepSaying(say, 500);
    await whenStopped;
    while (runs.running.length > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('is no client that reads slowly, which gets all of it, or one that has read all there is', async () => {
    const { origin, port, say, finish, runs } = await startStreaming({ limits: { stalledMs: 2_000, checkMs: 50 } });
    await curl(origin);
    const slow = await dial(port);
    closing(() => void slow.destroy());
    slow.write('GET /stream?model=echo&prompt=endless HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    while (runs.running.length < 2) await new Promise((resolve) => setImmediate(resolve));
    for (let piece = 0; piece < 500; piece++) say(PIECE);
    let text = '';
    const sips = setInterval(() => void (text += String(slow.read(8_000) ?? '')), 10);
    closing(() => clearInterval(sips));
    const began = performance.now();
    while ((text.match(/x{4000}/g)?.length ?? 0) < 490) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(performance.now() - began).toBeGreaterThan(2_000);
    expect(runs.running).toHaveLength(2);
    finish();
  });
});
