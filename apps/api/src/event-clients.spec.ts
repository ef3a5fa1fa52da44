import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventSourceMessage, fetchEventSource } from '@microsoft/fetch-event-source';
import { type HeldModel, startHeldModel } from './testing/held-model';
import { type RunningServer, startServer } from './testing/start-server';

const LOCAL = 'sft/tandem-tiny-chat.gguf';
const CHECKPOINTS = join(import.meta.dirname, '../../../checkpoints');

/** What the client needs of a page. */
Object.assign(globalThis, { window: globalThis, document: { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined } });

describe('fetch-event-source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-event-clients-'));
  let held: HeldModel;
  let server: RunningServer;

  beforeAll(async () => {
    held = await startHeldModel();
    held.finish();
    server = await startServer(folder, {
      CHECKPOINTS_DIR: CHECKPOINTS,
      BASELINE_MODELS: JSON.stringify([{ name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held' }]),
    });
  });
  afterAll(async () => {
    await server.stop();
    await held.close();
    rmSync(folder, { recursive: true });
  });

  async function messagesOf(path: string, body?: object, until: (message: EventSourceMessage) => boolean = () => false): Promise<string[]> {
    const messages: string[] = [];
    const leave = new AbortController();
    await fetchEventSource(server.origin + path, {
      ...(body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
      openWhenHidden: true,
      signal: leave.signal,
      onmessage: (message) => {
        messages.push(message.data);
        if (until(message)) leave.abort();
      },
      onerror: (error) => {
        throw error;
      },
    });
    return messages;
  }

  const messages = [{ role: 'user', content: 'Hi' }];

  it.each([
    ['/stream of a model elsewhere', '/stream', { model: 'held', prompt: 'Hi' }],
    ['/stream of a local model', '/stream', { model: LOCAL, prompt: 'Hi', max_tokens: 5, temperature: 0 }],
    ['/api/generate', '/api/generate', { model: 'held', message: 'Hi' }],
    ['/v1/chat/completions of a local model', '/v1/chat/completions', { model: LOCAL, messages, max_tokens: 5, temperature: 0, stream: true }],
  ])('is given no message without data by %s', async (_, path, body) => {
    const seen = await messagesOf(path, body);
    expect(seen.length).toBeGreaterThan(1);
    for (const data of seen) if (data !== '[DONE]') expect(() => JSON.parse(data) as unknown).not.toThrow();
  });

  it.each(['/stream?model=held&prompt=Hi', '/api/health/stream', '/api/checkpoints/stream'])('is given none by GET %s either', async (path) => {
    const [first] = await messagesOf(path, undefined, () => true);
    expect(() => JSON.parse(first ?? '') as unknown).not.toThrow();
  });
});
