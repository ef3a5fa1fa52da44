import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, streamText } from 'ai';
import { type HeldModel, startHeldModel } from './testing/held-model';
import { type RunningServer, startServer } from './testing/start-server';

describe('a client as it is published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-published-'));
  let held: HeldModel;
  let server: RunningServer;

  beforeAll(async () => {
    held = await startHeldModel();
    held.finish();
    server = await startServer(folder, {
      BASELINE_MODELS: JSON.stringify([{ name: 'held', endpoint: held.endpoint, protocol: 'openai-chat', model: 'held' }]),
    });
  });
  afterAll(async () => {
    await server.stop();
    await held.close();
    rmSync(folder, { recursive: true });
  });

  it.each([false, true])("LangChain's, gets its answer whole and piece by piece (by responses: %s)", async (useResponsesApi) => {
    const model = new ChatOpenAI({ model: 'held', apiKey: 'none', useResponsesApi, configuration: { baseURL: `${server.origin}/v1` } });
    expect((await model.invoke('Hi')).text).toBe('So far');
    let text = '';
    for await (const chunk of await model.stream([
      ['system', ''],
      ['user', 'Hi'],
    ]))
      text += chunk.text;
    expect(text).toBe('So far');
  });

  it("the AI SDK's, gets its answer whole and piece by piece", async () => {
    const model = createOpenAICompatible({ name: 'tandem', baseURL: `${server.origin}/v1` }).chatModel('held');
    expect(await generateText({ model, prompt: 'Hi' })).toMatchObject({ text: 'So far', finishReason: 'stop' });
    let text = '';
    for await (const piece of streamText({ model, prompt: 'Hi' }).textStream) text += piece;
    expect(text).toBe('So far');
  });
});
