import { Fault } from '@tandem/api/faults';
import type { EngineCall } from '@tandem/shared/engine-protocol';
import type { LossFault } from './engine-call';
import type { EngineHost } from './engine-host';
import type { SeatFiles } from './seat-files';
import { Vetting } from './vetting';

type Answer = Promise<unknown>;
const LOADED = { type: 'loaded', memoryBytes: 1, weightBytes: 1, contextLength: 1, sequences: 1 };

function lost(isCrash: boolean): Fault {
  const loss: LossFault = { code: 'local_model_crashed', message: 'gone', retryable: true, isBystander: false, isCrash, reason: 'it was ended by a signal' };
  return new Fault(loss.code, loss.message, { cause: loss });
}

function setup() {
  const calls: string[] = [];
  const answers: Record<'here' | 'apart', (call: EngineCall) => Answer> = { here: () => Promise.resolve(LOADED), apart: () => Promise.resolve(LOADED) };
  const told = (where: 'here' | 'apart') => (call: EngineCall) => {
    calls.push(`${where}: ${call.type}${'isNew' in call ? ' new' : ''}`);
    return answers[where](call);
  };
  const vetting = new Vetting({ call: told('here'), callApart: told('apart') } as unknown as EngineHost);
  const files = (version: string) => ({ version, baseVersion: version }) as SeatFiles;
  const load = (
    version: string,
    { hasCompany = false, onProgress = () => undefined }: { hasCompany?: boolean; onProgress?: (progress: number) => void } = {},
  ) =>
    vetting.load(
      files(version),
      { type: 'load', model: version, paths: [version] },
      { hasCompany: () => hasCompany, onProgress, signal: new AbortController().signal },
    );
  const measure = (version: string) => vetting.read(files(version), { type: 'measure', model: version, paths: [version], messages: [] });
  return { vetting, calls, answers, load, measure, files };
}

/** A promise, and how to settle it. */
function pending() {
  let settle: (value: unknown) => void = () => undefined;
  const promise = new Promise((resolve) => (settle = resolve));
  return { promise, settle };
}

describe('Vetting', () => {
  it('loads new files into an engine that is empty, and has them tried out there', async () => {
    const { calls, load } = setup();
    await load('a');
    expect(calls).toEqual(['here: load new']);
  });

  it('tries new files out apart where something else is in memory, once', async () => {
    const { calls, load } = setup();
    await load('a', { hasCompany: true });
    await load('a', { hasCompany: true });
    expect(calls).toEqual(['apart: load new', 'here: load', 'here: load']);
  });

  it('does not let a second one into the empty engine beside new files', async () => {
    const { calls, answers, load } = setup();
    const first = pending();
    answers.here = ({ type, ...call }) => (type === 'load' && 'model' in call && call.model === 'a' ? first.promise : Promise.resolve(LOADED));
    const both = [load('a'), load('b')];
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual(['here: load new', 'apart: load new']);
    first.settle(LOADED);
    await Promise.all(both);
    expect(calls).toEqual(['here: load new', 'apart: load new', 'here: load']);
  });

  it('tells of the trial and the load as of one', async () => {
    const { answers, vetting, files } = setup();
    const seen: number[] = [];
    const host = {
      call: (_: EngineCall, { onProgress }: { onProgress: (said: object) => void }) => (onProgress({ type: 'loading', progress: 0.5 }), answers.here(_)),
    };
    const both = new Vetting({ ...host, callApart: host.call } as unknown as EngineHost);
    await both.load(
      files('a'),
      { type: 'load', model: 'a', paths: [] },
      { hasCompany: () => true, onProgress: (progress) => seen.push(progress), signal: new AbortController().signal },
    );
    expect(seen).toEqual([0.25, 0.75]);
    expect(vetting.refusalOf(files('a'))).toBeNull();
  });

  it.each(['here', 'apart'] as const)('does not try again what the engine died over %s, until that is wanted', async (where) => {
    const { calls, answers, load, vetting, files } = setup();
    answers[where] = () => Promise.reject(lost(true));
    const refusal = { code: 'model_invalid', status: 422, message: expect.stringContaining('it was ended by a signal') as string };
    await expect(load('a', { hasCompany: where === 'apart' })).rejects.toMatchObject(refusal);
    await expect(load('a')).rejects.toMatchObject(refusal);
    expect(calls).toHaveLength(1);
    expect(vetting.refusalOf(files('a'))).toMatchObject(refusal);
    vetting.forgive('a');
    answers[where] = () => Promise.resolve(LOADED);
    await load('a');
    expect(calls.slice(1)).toEqual(['apart: load new', 'here: load']);
  });

  it('tries out apart what the engine was ended over by somebody else', async () => {
    const { calls, answers, load } = setup();
    answers.here = () => Promise.reject(lost(false));
    await expect(load('a')).rejects.toMatchObject({ code: 'local_model_crashed' });
    answers.here = () => Promise.resolve(LOADED);
    await load('a');
    expect(calls).toEqual(['here: load new', 'apart: load new', 'here: load']);
  });

  it('tries known files out again once the engine died over them', async () => {
    const { calls, load, vetting } = setup();
    await load('a');
    vetting.suspect('a');
    await load('a');
    expect(calls).toEqual(['here: load new', 'apart: load new', 'here: load']);
  });

  it('learns nothing from a load that failed for another reason', async () => {
    const { answers, load, vetting, files } = setup();
    answers.here = () => Promise.reject(new Fault('insufficient_memory', 'It is too large.'));
    await expect(load('a')).rejects.toMatchObject({ code: 'insufficient_memory' });
    expect(vetting.refusalOf(files('a'))).toBeNull();
  });

  it('reads the vocabulary of new files apart', async () => {
    const { calls, answers, load, measure } = setup();
    await measure('a');
    await load('a');
    await measure('a');
    answers.apart = () => Promise.reject(lost(true));
    await expect(measure('b')).rejects.toMatchObject({ code: 'model_invalid' });
    await expect(measure('b')).rejects.toMatchObject({ code: 'model_invalid' });
    expect(calls).toEqual(['apart: measure', 'here: load new', 'here: measure', 'apart: measure']);
  });
});
