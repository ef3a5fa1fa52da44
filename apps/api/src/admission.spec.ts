import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, ModelStatus } from '@tandem/shared/contracts';
import { ggufBytes, patient, slowLlama, tinyMetadata, tinyTensors } from '@tandem/testing';
import { type RunningServer, startServer } from './testing/start-server';

const SLOW = 'slow.gguf';
const PLACES = 32;

/** A sparse file whose header describes a model of 256 GB. */
function writeHugeModel(path: string): void {
  const huge = { name: 'huge', dimensions: [2 ** 18, 2 ** 18], data: Buffer.alloc(0) };
  writeFileSync(path, ggufBytes({ metadata: tinyMetadata(), tensors: [...tinyTensors(), huge] }));
  truncateSync(path, statSync(path).size + 2 ** 38);
}

describe('a request to a local model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-admission-'));
  let server: RunningServer;

  beforeAll(async () => {
    writeFileSync(join(folder, SLOW), ggufBytes(slowLlama()));
    writeFileSync(join(folder, 'broken.gguf'), 'GGUF');
    writeHugeModel(join(folder, 'huge.gguf'));
    server = await startServer(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const stream = (model: string, prompt: string, signal?: AbortSignal) =>
    fetch(`${server.origin}/stream`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model, prompt, max_tokens: 3_000, temperature: 0 }),
      ...(signal === undefined ? {} : { signal }),
    });

  async function refusal(response: Response): Promise<ErrorBody['error'] & { status: number; retryAfter: string | null }> {
    const { error } = (await response.json()) as ErrorBody;
    return { ...error, status: response.status, retryAfter: response.headers.get('retry-after') };
  }

  async function untilQuiet(): Promise<void> {
    let status: ModelStatus;
    do status = (await (await fetch(`${server.origin}/api/models/${SLOW}/status`)).json()) as ModelStatus;
    while (status.active_generations > 0);
  }

  it.each([
    ['that cannot be loaded', 'broken.gguf', 'model_invalid', /only 4 bytes/],
    ['that is larger than the memory', 'huge.gguf', 'insufficient_memory', /needs about \d{6,} MB of memory, and \d+ MB can be had/],
  ])('%s is 422 with the reason', async (_, model, code, message) => {
    expect(await refusal(await stream(model, 'Hi'))).toMatchObject({ status: 422, code, message: expect.stringMatching(message) });
  });

  it.each(['before it is loaded', 'while it is loaded'])('with a prompt longer than its context is 400 with both numbers, %s', async (when) => {
    if (when === 'while it is loaded') await (await stream(SLOW, 'Go', patient())).body?.cancel();
    expect(await refusal(await stream(SLOW, 'x'.repeat(5_000)))).toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      message: expect.stringMatching(/is 5000 tokens long.*holds 4096/),
      retryable: false,
    });
    await untilQuiet();
  });

  it('takes a place in a bounded queue: of 200 at once it is as many as there are places, the others are 503', async () => {
    const leave = new AbortController();
    const answers = await Promise.all(Array.from({ length: 200 }, () => stream(SLOW, 'Go', leave.signal)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(answers.length - refused.length).toBe(PLACES);
    for (const answer of refused) {
      expect(await refusal(answer)).toMatchObject({ status: 503, code: 'queue_full', retryable: true, retryAfter: '5' });
    }
    leave.abort();
    await untilQuiet();
    const again = await Promise.all(Array.from({ length: PLACES }, () => stream(SLOW, 'Go')));
    expect(again.map(({ status }) => status)).toEqual(Array.from({ length: PLACES }, () => 200));
    for (const { body } of again) await body?.cancel();
    await untilQuiet();
  });
});
