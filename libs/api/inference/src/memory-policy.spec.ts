import { Logger } from '@nestjs/common';
import { EngineHost } from './engine-host';
import type { InferenceOptions } from './inference-options';
import { MemoryPolicy, type Tenant } from './memory-policy';
import type { SeatFiles } from './seat-files';

const MB = 1024 * 1024;

Logger.overrideLogger(false);

function setup(changes: Partial<InferenceOptions> = {}) {
  const options: InferenceOptions = { checkpointsDir: 'none', threads: 1, engineEntry: 'none', memoryBytes: 100 * MB, ...changes };
  const policy = new MemoryPolicy(options, new EngineHost(options));
  const unloaded: string[] = [];
  const tenant = (name: string, changes: Partial<Tenant> = {}) => {
    const made: { -readonly [Key in keyof Tenant]: Tenant[Key] } = {
      name,
      checkpoint: name,
      stage: 'away',
      idleMs: 0,
      memoryBytes: null,
      weightBytes: 0,
      baseVersion: null,
      unload: async () => {
        unloaded.push(name);
        Object.assign(made, { stage: 'away', memoryBytes: null });
        policy.changed();
      },
      ...changes,
    };
    policy.join(made);
    return made;
  };
  const loaded = (name: string, mb: number, changes: Partial<Tenant> = {}) =>
    tenant(name, { stage: 'idle', memoryBytes: mb * MB, baseVersion: 'v1', ...changes });
  const reserve = (newcomer: Tenant, mb: number, { weightMb = 0, signal = new AbortController().signal, onWait = (): unknown => undefined } = {}) =>
    policy.reserve({ tenant: newcomer, files: files(mb, weightMb), signal, onWait: () => void onWait() });
  return { policy, tenant, loaded, reserve, unloaded };
}

function files(mb: number, weightMb = 0): SeatFiles {
  return { memoryBytes: mb * MB, weightBytes: weightMb * MB, baseVersion: 'v1' } as SeatFiles;
}

describe('MemoryPolicy', () => {
  it('lets in what fits, and unloads nobody for it', async () => {
    const { tenant, loaded, reserve, unloaded } = setup();
    loaded('a', 60);
    await reserve(tenant('b'), 40);
    expect(unloaded).toEqual([]);
  });

  it('refuses what would not fit alone, with both numbers', async () => {
    const { policy, tenant, loaded, reserve } = setup();
    loaded('a', 60);
    const fault = { code: 'insufficient_memory', status: 422, message: expect.stringMatching(/101 MB.*100 MB/) as string };
    await expect(reserve(tenant('b'), 101)).rejects.toMatchObject(fault);
    expect(() => policy.refuseWhatCannotFit(tenant('c'), files(101))).toThrow(expect.objectContaining(fault));
  });

  it('refuses what the machine does not have, whatever is allowed', async () => {
    const { tenant, reserve } = setup({ memoryBytes: Number.MAX_SAFE_INTEGER });
    await expect(reserve(tenant('b'), 1e9)).rejects.toMatchObject({ code: 'insufficient_memory' });
  });

  it('unloads who was idle longest, and no more than needed', async () => {
    const { tenant, loaded, reserve, unloaded } = setup();
    loaded('young', 30, { idleMs: 10 });
    loaded('old', 30, { idleMs: 30 });
    loaded('older', 30, { idleMs: 40 });
    await reserve(tenant('b'), 60);
    expect(unloaded).toEqual(['older', 'old']);
  });

  it('counts shared weights once, and gives up on a sibling last', async () => {
    const { policy, tenant, loaded, reserve, unloaded } = setup();
    loaded('base', 50, { idleMs: 99, weightBytes: 45 * MB });
    loaded('base+old', 55, { checkpoint: 'base', idleMs: 98, weightBytes: 45 * MB });
    loaded('other', 40, { idleMs: 1 });
    expect(policy.shares.map(({ bytes }) => bytes / MB)).toEqual([50, 10, 40]);
    await reserve(tenant('base+delta', { checkpoint: 'base' }), 60, { weightMb: 45 });
    expect(unloaded).toEqual(['other']);
  });

  it('has a load wait while only busy ones could make room', async () => {
    const { policy, tenant, loaded, reserve, unloaded } = setup();
    const busy = loaded('busy', 60, { stage: 'busy' });
    let waited = 0;
    const room = reserve(tenant('b'), 60, { onWait: () => (waited += 1) });
    expect(waited).toBe(1);
    policy.changed();
    busy.stage = 'idle';
    policy.changed();
    await room;
    expect(unloaded).toEqual(['busy']);
  });

  it('gives the wait up in the end, and says that it may be tried again', async () => {
    const { tenant, loaded, reserve } = setup({ roomWaitSeconds: 0.01 });
    loaded('busy', 60, { stage: 'busy' });
    await expect(reserve(tenant('b'), 60)).rejects.toMatchObject({ code: 'queue_full', status: 503, retryable: true, retryAfterSeconds: 10 });
  });

  it('gives the wait up when it is stopped', async () => {
    const { tenant, loaded, reserve } = setup();
    loaded('busy', 60, { stage: 'busy' });
    const stop = new AbortController();
    const room = reserve(tenant('b'), 60, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(room).rejects.toThrow('stopped');
  });

  it('lets two that do not fit together in one after the other, without unloading a third for nothing', async () => {
    const { tenant, loaded, reserve, unloaded } = setup();
    loaded('idle', 10);
    const first = tenant('first');
    const release = await reserve(first, 60);
    const second = reserve(tenant('second'), 60);
    Object.assign(first, { stage: 'idle', memoryBytes: 20 * MB, idleMs: 0 });
    release();
    await second;
    expect(unloaded).toEqual([]);
  });

  it('unloads weights that were replaced on disk before they could be taken for the new ones', async () => {
    const { tenant, loaded, reserve, unloaded } = setup();
    loaded('base', 10, { baseVersion: 'v0' });
    await reserve(tenant('base+delta', { checkpoint: 'base' }), 10);
    expect(unloaded).toEqual(['base']);
  });
});
