import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointEvent } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { CHECKPOINT_FIXTURES_FOLDER, F32, type GgufBytes, ggufBytes, STRING, until, writeLargeCheckpoint } from '@tandem/testing';
import { localModelsOf, textOf } from './testing/local-models';
import { childrenOf, isAlive } from './testing/processes';
import { type RunningServer, startServer } from './testing/start-server';

const PT = 'sft/best.pt';
/** 256 MB in 32 bits, which take more than a second to become a quarter of that. */
const LARGE_LAYERS = 4;
/** Of which some is still to be converted however late one looks. */
const HUGE_LAYERS = 8;

describe('checkpoints that are no GGUF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-own-'));
  const checkpoints = join(folder, 'checkpoints');
  const converted = join(checkpoints, '.converted');
  let server: RunningServer;
  const { list, known, status, reach, act, generate } = localModelsOf(() => server.origin);
  const partial = (): string[] => kept().filter((name) => name.endsWith('.partial'));
  const kept = (): string[] => (existsSync(converted) ? readdirSync(converted) : []);

  beforeAll(async () => {
    for (const name of ['mini-deepseek/sft', 'mini-deepseek/configs', 'nanogpt', 'hf-llama', 'hf-qwen2', 'llama2c']) {
      const place = name.replace('mini-deepseek/', '').replace('hf-', 'pretrain/');
      cpSync(join(CHECKPOINT_FIXTURES_FOLDER, name), join(checkpoints, place), { recursive: true });
    }
    writeLargeCheckpoint(join(checkpoints, 'large'), LARGE_LAYERS);
    writeLargeCheckpoint(join(checkpoints, 'huge'), HUGE_LAYERS);
    const config = {
      baseline_models: [{ id: 'mine', name: 'Mine', endpoint: `local:${PT}` }],
      twodelta_models: [{ id: 'delta', name: 'Delta', endpoint: 'local:pretrain/llama', adapter: { file: 'deltas/lora.gguf', scale: 1 } }],
    };
    mkdirSync(join(checkpoints, 'deltas'));
    writeFileSync(join(checkpoints, 'deltas/lora.gguf'), ggufBytes(loraOverLlama()));
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    server = await startServer(folder, { CHECKPOINTS_DIR: checkpoints, IMPORT_TYPE: 'q8_0' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('are listed with what they are, and what converting them takes', async () => {
    expect(await known(PT)).toMatchObject({
      name: PT,
      path: `checkpoints/${PT}`,
      type: 'SFT',
      format: 'pytorch',
      loadable: true,
      reason: null,
      converted: false,
      conversion_mb: expect.any(Number),
      family: 'mini-deepseek',
      assumptions: expect.any(Array),
      architecture: 'step35',
      quantization: 'Q8_0',
      chat_template: true,
      memory_estimate_mb: expect.any(Number),
    });
    expect(await known('large')).toMatchObject({ format: 'safetensors', converted: false, family: 'hf-llama', parameters: expect.any(Number) });
    expect((await known('large')).conversion_mb).toBeGreaterThan(60);
    expect(await known('pretrain/qwen2')).toMatchObject({ format: 'safetensors', type: 'Pretrained', family: 'hf-qwen2' });
    expect(Object.keys(await list()).sort()).toEqual([
      'deltas/lora.gguf',
      'huge',
      'large',
      'llama2c/ckpt.pt',
      'nanogpt/ckpt.pt',
      'pretrain/llama',
      'pretrain/qwen2',
      PT,
    ]);
    expect(kept()).toEqual([]);
  });

  it('answer when they are asked: converted once, then loaded, the source untouched', async () => {
    const source = join(checkpoints, PT);
    const state = () => ({
      hash: createHash('sha256').update(readFileSync(source)).digest('hex'),
      changed: statSync(source).mtimeMs,
      inode: statSync(source).ctimeMs,
    });
    const before = state();
    const first = await generate('mine', 'Who waits?');
    expect(textOf(first).trim()).toBe('A heron, under the bridge.');
    expect(first.at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
    const phases = first.flatMap((frame) => ('phase' in frame ? [frame.phase] : []));
    expect(phases[0]).toBe('converting');
    expect([...new Set(phases)].slice(0, 2)).toEqual(['converting', 'loading']);
    expect(kept()).toHaveLength(1);
    expect(await known(PT, (checkpoint) => checkpoint.converted === true)).toMatchObject({ status: 'loaded', converted: true });
    expect(state()).toEqual(before);
  });

  it('are loaded the second time as any GGUF is', async () => {
    await act('POST', 'mine', 'unload');
    const files = kept();
    const again = await generate('mine', 'Who waits?');
    expect(textOf(again).trim()).toBe('A heron, under the bridge.');
    expect(again.flatMap((frame) => ('phase' in frame ? [frame.phase] : []))).not.toContain('converting');
    expect(kept()).toEqual(files);
  });

  it('are converted once however many ask, and tell how far that is', async () => {
    const events = readEvents((await fetch(`${server.origin}/api/checkpoints/stream`)).body!);
    expect((await act('POST', 'large', 'load')).status).toBe(202);
    expect((await act('POST', 'large', 'load')).status).toBe(202);
    const answer = generate('large', 'Go', { max_new_tokens: 2 });
    const states: string[] = [];
    const progress: number[] = [];
    while (states.at(-1) !== 'loaded') {
      const event = JSON.parse((await events.next()).value?.data ?? '') as CheckpointEvent;
      if (event.type !== 'status' || event.status.name !== 'large') continue;
      if (states.at(-1) !== event.status.status) states.push(event.status.status);
      if (event.status.status === 'converting') progress.push(event.status.progress);
    }
    await events.return();
    expect(states).toEqual(['converting', 'loading', 'loaded']);
    expect(new Set(progress).size).toBeGreaterThanOrEqual(10);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    const frames = await answer;
    expect(frames.filter((frame) => 'phase' in frame && frame.phase === 'converting').length).toBeGreaterThan(3);
    expect(frames.at(-1)).toMatchObject({ done: true, finish_reason: 'length' });
    expect(kept()).toHaveLength(2);
    await act('POST', 'large', 'unload');
  });

  it('are cancelled before they are done, and nothing is left', async () => {
    await act('POST', 'huge', 'load');
    await until(async () => (await status('huge')).progress > 0.02);
    const [converter] = convertersOf(server);
    expect((await status('huge')).status).toBe('converting');
    expect((await act('DELETE', 'huge', 'load')).status).toBe(200);
    expect({ isAlive: isAlive(converter!), partial: partial() }).toEqual({ isAlive: false, partial: [] });
    expect(await status('huge')).toMatchObject({ status: 'unloaded', error: null });
    expect((await known('huge')).converted).toBe(false);
  });

  it('are not converted any further when the only one who waited has left', async () => {
    const leaving = new AbortController();
    const answer = generate('huge', 'Go', {}, leaving.signal).catch(() => null);
    await until(async () => (await status('huge')).progress > 0.02);
    const [converter] = convertersOf(server);
    leaving.abort();
    await until(() => !isAlive(converter!));
    expect(await answer).toBeNull();
    await until(async () => (await status('huge')).status === 'unloaded');
    expect(partial()).toEqual([]);
    expect((await known('huge')).converted).toBe(false);
  });

  it('fail with what to do when the converter dies in the middle, and convert when they are asked again', async () => {
    const { pid } = server;
    await act('POST', 'huge', 'load');
    await until(async () => (await status('huge')).progress > 0.02);
    process.kill(convertersOf(server)[0]!, 'SIGKILL');
    const failed = (await reach('huge', 'failed')).at(-1);
    expect(failed?.error).toMatch(/process that converts checkpoints is gone.*Try again/);
    expect(partial()).toEqual([]);
    await act('POST', 'huge', 'load');
    await until(async () => (await status('huge')).progress > 0.5);
    await reach('huge', 'loaded');
    await act('POST', 'huge', 'unload');
    expect(server.pid).toBe(pid);
  }, 300_000);

  it('are put under an adapter as any GGUF is', async () => {
    const bare = textOf(await generate('pretrain/llama', 'Tandem rolls down'));
    const frames = await generate('delta', 'Tandem rolls down');
    expect(frames.at(-1)).toMatchObject({ done: true, finish_reason: 'length' });
    expect(textOf(frames)).not.toBe(bare);
  });

  it('are converted anew when they, or what stands beside them, change, and the old conversion goes', async () => {
    await act('POST', 'mine', 'unload');
    const before = kept();
    await anew(PT);
    await until(() => before.some((name) => !kept().includes(name)));
    expect(textOf(await generate('mine', 'Who waits?')).trim()).toBe('A heron, under the bridge.');
    expect(kept().some((name) => !before.includes(name))).toBe(true);
    rmSync(join(checkpoints, 'sft/tokenizer.json'));
    const refused = await known(PT, ({ loadable }) => !loadable);
    expect(refused.reason).toMatch(/tokenizer/);
    expect(await act('POST', PT, 'load')).toMatchObject({ status: 422, error: { code: 'model_invalid', message: refused.reason } });
    cpSync(join(CHECKPOINT_FIXTURES_FOLDER, 'mini-deepseek/sft/tokenizer.json'), join(checkpoints, 'sft/tokenizer.json'));
    await known(PT, ({ loadable }) => loadable);
  });

  it('take their conversion with them when they are removed', async () => {
    const before = kept();
    await generate('nanogpt/ckpt.pt', 'Tandem');
    const [own] = kept().filter((name) => !before.includes(name));
    renameSync(join(checkpoints, 'nanogpt'), join(folder, 'nanogpt'));
    await until(() => !kept().includes(own!));
    renameSync(join(folder, 'nanogpt'), join(checkpoints, 'nanogpt'));
  });

  it('are found where a folder holds links to them, as a cache of Hugging Face does', async () => {
    mkdirSync(join(checkpoints, 'hub/blobs'), { recursive: true });
    mkdirSync(join(checkpoints, 'hub/snapshots/main'), { recursive: true });
    for (const name of readdirSync(join(checkpoints, 'pretrain/qwen2'))) {
      const blob = createHash('sha1').update(name).digest('hex');
      cpSync(join(checkpoints, 'pretrain/qwen2', name), join(checkpoints, 'hub/blobs', blob));
      symlinkSync(`../../blobs/${blob}`, join(checkpoints, 'hub/snapshots/main', name));
    }
    expect(await known('hub/snapshots/main')).toMatchObject({ loadable: true, family: 'hf-qwen2' });
    expect((await generate('hub/snapshots/main', 'Hi', { max_new_tokens: 2 })).at(-1)).toMatchObject({ done: true, usage: expect.any(Object) });
  });

  /** As if it had been written again: its conversion is of no use then. */
  async function anew(name: string): Promise<void> {
    await known(name, ({ converted: isKept }) => isKept === true);
    utimesSync(join(checkpoints, name), new Date(), new Date(Date.now() - 60_000));
    await known(name, ({ converted: isKept }) => isKept === false);
  }
});

/** The processes that convert for a server. */
function convertersOf({ pid }: RunningServer): number[] {
  return childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'latin1').includes('converter/main.js'));
}

/** A delta over the small Llama that comes with the tests: of rank 1, and large enough to be noticed. */
function loraOverLlama(): GgufBytes {
  const ones = (count: number): Buffer => Buffer.from(new Float32Array(count).fill(0.5).buffer);
  return {
    metadata: [
      ['general.type', STRING, 'adapter'],
      ['general.architecture', STRING, 'llama'],
      ['adapter.type', STRING, 'lora'],
      ['adapter.lora.alpha', F32, 8],
    ],
    tensors: [
      { name: 'blk.0.attn_output.weight.lora_a', dimensions: [32, 1], data: ones(32) },
      { name: 'blk.0.attn_output.weight.lora_b', dimensions: [1, 32], data: ones(32) },
    ],
  };
}
