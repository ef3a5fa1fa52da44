import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import type { SamplingParameters } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { ggufBytes, guardLeaks, slowLlama } from '@tandem/testing';
import { ENGINE_ENTRY, openInference, temporaryFolder } from './testing/open-inference';

const SLOW = 'slow.gguf';
const READY = "{ type: 'ready', threads: 1, backend: 'cpu' }";
const LONG: Partial<SamplingParameters> = { temperature: 0, max_tokens: 3_500 };

describe('EngineHost', () => {
  const { path, remove } = temporaryFolder();
  const open: (() => Promise<void>)[] = [];

  beforeAll(() => writeFileSync(join(path, SLOW), ggufBytes(slowLlama())));
  afterEach(() => void jest.restoreAllMocks());
  afterEach(async () => void (await Promise.all(open.splice(0).map((close) => close()))));
  afterAll(remove);

  function setup(changes?: Parameters<typeof openInference>[1]) {
    const inference = openInference(path, changes);
    open.push(inference.close);
    const answer = (parameters: Partial<SamplingParameters>) => {
      const sink = collect();
      const end = inference.runtime.sourceFor(SLOW).complete(completionRequest('Go', parameters), sink, new AbortController().signal);
      return { sink, end };
    };
    const kill = (signal: NodeJS.Signals) => process.kill(inference.host.pid ?? 0, signal);
    return { ...inference, answer, kill };
  }

  it('turns the death of the engine into a fault, keeps the text, and answers the next prompt', async () => {
    const { answer, kill, runtime } = setup();
    const dying = answer(LONG);
    await dying.sink.untilPieces(3);
    kill('SIGKILL');
    await expect(dying.end).rejects.toMatchObject({
      code: 'local_model_crashed',
      retryable: true,
      message: expect.stringContaining('SIGKILL') as string,
    });
    expect(dying.sink.pieces.length).toBeGreaterThanOrEqual(3);
    expect(runtime.status(SLOW)).toMatchObject({ status: 'unloaded', activeGenerations: 0 });
    await expect(answer({ ...LONG, max_tokens: 5 }).end).resolves.toMatchObject({ finishReason: 'length' });
  });

  it('ends an engine that hangs', async () => {
    const { answer, kill } = setup({ hungAfterSeconds: 2 });
    const hanging = answer(LONG);
    await hanging.sink.untilPieces(3);
    kill('SIGSTOP');
    await expect(hanging.end).rejects.toMatchObject({ code: 'local_model_crashed', message: expect.stringContaining('did not respond') as string });
    await expect(answer({ ...LONG, max_tokens: 5 }).end).resolves.toMatchObject({ finishReason: 'length' });
  });

  it('gives a model up over which the engine died three times', async () => {
    const { answer, kill, runtime } = setup();
    const clock = jest.spyOn(performance, 'now');
    const begunAtMs = performance.now();
    for (let death = 0; death < 3; death++) {
      const dying = answer(LONG);
      await dying.sink.untilPieces(1);
      // within a minute, however long that took
      clock.mockReturnValue(begunAtMs + death * 20_000);
      kill('SIGKILL');
      await expect(dying.end).rejects.toMatchObject({ code: 'local_model_crashed' });
    }
    expect(runtime.status(SLOW)).toMatchObject({ status: 'failed', error: expect.stringContaining('three times') as string });
    await expect(answer(LONG).end).rejects.toMatchObject({ message: expect.stringContaining('three times') as string });
    await runtime.unload(SLOW);
    await expect(answer({ ...LONG, max_tokens: 5 }).end).resolves.toMatchObject({ finishReason: 'length' });
  });

  it('is not done with a model that answers between two deaths', async () => {
    const { answer, kill } = setup();
    for (let death = 0; death < 4; death++) {
      const dying = answer(LONG);
      await dying.sink.untilPieces(1);
      kill('SIGKILL');
      await expect(dying.end).rejects.toMatchObject({ code: 'local_model_crashed' });
      await expect(answer({ ...LONG, max_tokens: 5 }).end).resolves.toMatchObject({ finishReason: 'length' });
    }
  });

  it('shows the engine none of its own environment', async () => {
    process.env['API_KEY'] = 'secret';
    const { runtime, host } = setup();
    await runtime.load(SLOW);
    const environment = readFileSync(`/proc/${host.pid}/environ`, 'utf8');
    delete process.env['API_KEY'];
    expect(environment).toContain('UV_THREADPOOL_SIZE=2');
    expect(environment).not.toMatch(/API_KEY|secret/);
  });

  it('says why where llama.cpp cannot be used, and still reads headers', async () => {
    const elsewhere = temporaryFolder();
    cpSync(dirname(ENGINE_ENTRY), elsewhere.path, { recursive: true });
    writeFileSync(join(elsewhere.path, 'package.json'), '{"type":"module"}');
    const { inspectedList, runtime, host } = setup({ engineEntry: join(elsewhere.path, 'main.js') });
    await expect(runtime.load(SLOW)).rejects.toMatchObject({
      code: 'local_inference_unavailable',
      status: 503,
      message: expect.stringContaining('node-llama-cpp') as string,
    });
    expect(host.unavailableReason).toContain('node-llama-cpp');
    expect(await inspectedList()).toMatchObject([{ name: SLOW, loadable: true, architecture: 'llama' }]);
    elsewhere.remove();
  });

  it('closes while it answers, and closes only once', async () => {
    const { answer, host } = setup();
    const running = answer(LONG);
    await running.sink.untilPieces(1);
    const { pid } = host;
    const ended = running.end.catch((thrown: unknown) => thrown);
    await Promise.all([host.close(5_000), host.close(5_000), host.destroy()]);
    await ended;
    expect(host.state).toBe('closed');
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    await expect(host.call({ type: 'inspect', paths: [] })).rejects.toMatchObject({ code: 'server_restarting' });
  });

  it('is not kept from closing by an engine that only gets ready meanwhile', async () => {
    const slow = temporaryFolder();
    const engineEntry = join(slow.path, 'slow.cjs');
    writeFileSync(engineEntry, `process.once('message', () => process.once('message', () => process.send([${READY}], () => process.exit(0))));`);
    const { host } = setup({ engineEntry });
    const asked = host.call({ type: 'inspect', paths: [] });
    const refused = expect(asked).rejects.toMatchObject({ code: 'server_restarting' });
    while (!host.isRunning) await new Promise((settle) => setImmediate(settle));
    await host.close(5_000);
    await refused;
    expect(host.state).toBe('closed');
    slow.remove();
  });

  it('leaves no engine behind when its own process is killed', async () => {
    const script = `const child = require('node:child_process').fork(${JSON.stringify(resolve(ENGINE_ENTRY))}, { stdio: 'ignore', execArgv: [] });
      child.once('message', () => console.log(child.pid));`;
    const parent = spawn(process.execPath, ['--input-type=commonjs', '-e', script.replace("'ignore'", "['ignore', 'ignore', 'ignore', 'ipc']")]);
    const pid = await new Promise<string>((settle) => parent.stdout.once('data', (text: Buffer) => settle(text.toString().trim())));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    const closed = once(parent, 'close');
    parent.kill('SIGKILL');
    await closed;
    while (existsSync(`/proc/${pid}`)) await new Promise((settle) => setImmediate(settle));
  });
});

guardLeaks();
