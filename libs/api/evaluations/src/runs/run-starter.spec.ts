import { Logger } from '@nestjs/common';
import type { TargetResolver } from '@tandem/api/catalogue';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { keptRun } from '../testing/kept-run';
import { scriptedModels } from '../testing/scripted-models';
import type { RunScheduler } from './run-scheduler';
import { RunStarter } from './run-starter';

beforeEach(() => Logger.overrideLogger(false));

async function setup(store: Store) {
  const { records, sets, spec } = await keptRun(store);
  const { resolver } = scriptedModels({ a: () => '', b: () => '', c: () => '' });
  // a model may be asked for by another name; only "a" and "b" can be scored
  const resolve: TargetResolver['resolve'] = async (model, param) => {
    const target = await resolver.resolve(model === 'alias of a' ? 'a' : model, param);
    return target.card.id === 'c' ? target : { ...target, scoring: {} as never };
  };
  let looks = 0;
  const scheduler = { look: async () => void (looks += 1) } as RunScheduler;
  const starter = new RunStarter({ resolve } as TargetResolver, sets, records, scheduler);
  const before = (await records.list(undefined, 100)).rows.length;
  const added = async () => (await records.list(undefined, 100)).rows.length - before;
  return { records, starter, set: spec.set, added, looks: () => looks };
}

describeOverDatabases('the start of a run', [EVALUATIONS_SCHEMA], (open) => {
  it('makes a run of a pair, queued, with what is not named left out', async () => {
    const { starter, set, looks } = await setup(open());
    const card = await starter.start({ baseline: 'alias of a', derivative: 'b', prompt_set: set.id });
    expect(card).toEqual({
      ...{ id: expect.any(String), state: 'queued', baseline: 'a', derivative: 'b', prompt_set: set, repeats: 1, score: false },
      parameters: { seed: expect.any(Number) },
      counts: { total: 1, queued: 1, done: 0, failed: 0 },
      ...{ created_at: expect.any(String), ended_at: null, error: null },
    });
    expect(looks()).toBe(1);
  });

  it('makes a run of variants, over each prompt as often as was asked for', async () => {
    const { starter } = await setup(open());
    const card = await starter.start({ variants: ['b', 'a'], prompt_set: 'general', repeats: 3, score: true, parameters: { temperature: 0, seed: 7 } });
    expect(card).toMatchObject({ variants: ['b', 'a'], repeats: 3, score: true, parameters: { temperature: 0, seed: 7 }, counts: { total: 60, queued: 60 } });
    expect(card).toMatchObject({ prompt_set: { id: 'general', name: 'general', count: 20 } });
    expect(card).not.toHaveProperty('baseline');
  });

  it('draws a seed where none was given, which stays within 32 bits in every repeat', async () => {
    const { starter, records, set } = await setup(open());
    for (const parameters of [undefined, {}, { seed: null }]) {
      const request = { baseline: 'a', derivative: 'b', prompt_set: set.id, repeats: 20 };
      const { id } = await starter.start(parameters === undefined ? request : { ...request, parameters });
      const { seed } = (await records.get(id)).spec.parameters;
      expect(Number.isInteger(seed)).toBe(true);
      expect(seed).toBeGreaterThanOrEqual(0);
      expect(seed + 19).toBeLessThan(2 ** 31);
    }
  });

  it('takes a seed of 0, and compares a model with itself', async () => {
    const { starter, set } = await setup(open());
    const card = await starter.start({ baseline: 'a', derivative: 'a', prompt_set: set.id, parameters: { seed: 0 } });
    expect(card).toMatchObject({ baseline: 'a', derivative: 'a', parameters: { seed: 0 } });
  });

  it.each<[string, object, object]>([
    ['a baseline that is not there', { baseline: 'x', derivative: 'b' }, { code: 'model_not_found', param: 'baseline' }],
    ['a derivative that is not there', { baseline: 'a', derivative: 'x' }, { code: 'model_not_found', param: 'derivative' }],
    ['a variant that is not there', { variants: ['a', 'b', 'x'] }, { code: 'model_not_found', param: 'variants[2]' }],
    ['one model under two names', { variants: ['a', 'b', 'alias of a'] }, { status: 400, param: 'variants' }],
    ['a set that is not there', { baseline: 'a', derivative: 'b', prompt_set: 'x' }, { code: 'not_found', param: 'prompt_set' }],
    ['a model that cannot be scored', { baseline: 'a', derivative: 'c', score: true }, { code: 'scoring_unsupported', param: 'derivative' }],
  ])('makes no run with %s', async (_, request, fault) => {
    const { starter, set, added } = await setup(open());
    await expect(starter.start({ prompt_set: set.id, ...request })).rejects.toMatchObject(fault);
    expect(await added()).toBe(0);
  });

  it('needs no score of a model where nobody wants one', async () => {
    const { starter, set, added } = await setup(open());
    await starter.start({ baseline: 'a', derivative: 'c', prompt_set: set.id });
    expect(await added()).toBe(1);
  });
});
