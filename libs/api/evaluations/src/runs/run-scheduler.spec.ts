import { Logger } from '@nestjs/common';
import { storeUnavailable } from '@tandem/api/faults';
import { Readiness } from '@tandem/api/http';
import type { TextScoring } from '@tandem/api/scoring';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { RunCounts, RunState } from '@tandem/shared/contracts';
import { closeAfterEach } from '@tandem/testing';
import { filter, firstValueFrom, lastValueFrom, map, type Observable, toArray } from 'rxjs';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { keptRun } from '../testing/kept-run';
import { lanesOf } from '../testing/lanes-of';
import { type Script, scriptedModels } from '../testing/scripted-models';
import { ItemWork } from './item-work';
import { Judge } from './judge';
import { RunScheduler } from './run-scheduler';
import { RunEvents } from './run-events';
import { ScoringLane } from './scoring-lane';
import { SideAsker } from './side-asker';

const defer = closeAfterEach();
const promptsOf = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `p${n}`, prompt: `prompt ${n}` }));

beforeEach(() => Logger.overrideLogger(false));

interface Told {
  readonly state: RunState;
  readonly counts: RunCounts;
}

async function setup(store: Store, { prompts = 2, repeats = 1, a = (() => 'yes') as Script, b = (() => 'no') as Script } = {}) {
  const run = await keptRun(store, { prompts: promptsOf(prompts), repeats });
  const { records, id } = run;
  const { asked, resolver } = scriptedModels({ a, b });
  const openScheduler = (work?: Pick<ItemWork, 'do'>) => {
    const { lanes, people, close } = lanesOf(resolver);
    const asker = new SideAsker(resolver, lanes, people);
    const items = new ItemWork(asker, new Judge(asker), {} as TextScoring, new ScoringLane(resolver, lanes));
    const readiness = new Readiness();
    const scheduler = new RunScheduler(records, (work ?? items) as ItemWork, store, readiness);
    const leave = async (): Promise<void> => {
      await scheduler.onModuleDestroy();
      await close();
    };
    defer(leave);
    return { scheduler, readiness, leave };
  };
  /** What is told of it. */
  const events = async (readiness = new Readiness(), of = id): Promise<Observable<Told>> => {
    const stream = await new RunEvents(records, readiness).stream(of);
    return stream.pipe(
      filter(({ data }) => typeof data === 'string' && data !== ''),
      map(({ data }) => JSON.parse(data as string) as Told),
    );
  };
  const follow = async (): Promise<Told[]> => lastValueFrom((await events()).pipe(toArray()));
  return { ...run, asked, openScheduler, events, follow };
}

/** A model that answers nothing until it is let go; `begun` resolves once it was asked that often. */
function held(count: number) {
  let [letGo, isBegun] = [() => {}, () => {}];
  const go = new Promise<void>((resolve) => (letGo = resolve));
  const begun = new Promise<void>((resolve) => (isBegun = resolve));
  let [asked, stopped] = [0, 0];
  const script: Script = async (_, __, signal) => {
    if (++asked === count) isBegun();
    await Promise.race([go, new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))]);
    if (signal.aborted) stopped += 1;
    return 'yes';
  };
  return { script, begun, letGo, stopped: () => stopped };
}

describeOverDatabases('the scheduler of runs', [EVALUATIONS_SCHEMA], (open) => {
  it('has all items asked, each of both sides with the seed of its repeat, and says when it is done', async () => {
    const { asked, openScheduler, follow, records, id } = await setup(open(), { prompts: 15, repeats: 2 });
    await openScheduler().scheduler.look();
    const told = await follow();
    expect(told.at(-1)).toEqual({ state: 'done', counts: { total: 30, queued: 0, done: 30, failed: 0 } });
    expect(told.slice(0, -1).every(({ state }) => state === 'running')).toBe(true);
    expect(new Set(asked.map(({ model, prompt, seed }) => `${model} ${prompt} ${seed}`)).size).toBe(60);
    expect([asked.length, new Set(asked.map(({ seed }) => seed))]).toEqual([60, new Set([7, 8])]);
    expect((await records.get(id)).card).toMatchObject({ error: null, ended_at: expect.any(String) });
  });

  it('is done also where items failed', async () => {
    const b: Script = ({ prompt }) => (prompt === 'prompt 1' ? Promise.reject(new Error('no')) : 'no');
    const { openScheduler, follow } = await setup(open(), { prompts: 3, b });
    await openScheduler().scheduler.look();
    expect((await follow()).at(-1)).toEqual({ state: 'done', counts: { total: 3, queued: 0, done: 2, failed: 1 } });
  });

  it('begins nothing more of a run that is paused, keeps what was begun, and asks the rest when it goes on', async () => {
    const { script, begun, letGo } = held(4);
    const { asked, openScheduler, follow, records, id } = await setup(open(), { prompts: 20, a: script });
    const { scheduler } = openScheduler();
    await scheduler.look();
    await begun;
    await scheduler.pause(id);
    expect((await records.get(id)).card.state).toBe('paused');
    await expect(scheduler.pause(id)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('is paused') });
    letGo();
    await scheduler.resume(id);
    expect((await follow()).at(-1)).toMatchObject({ state: 'done', counts: { done: 20 } });
    expect(asked).toHaveLength(40);
  });

  it('stops the models of a run that is cancelled, and does nothing with it any more', async () => {
    const { script, begun, stopped } = held(4);
    const { openScheduler, follow, records, id } = await setup(open(), { prompts: 20, a: script });
    const { scheduler, leave } = openScheduler();
    await scheduler.look();
    await begun;
    await scheduler.cancel(id);
    expect(await follow()).toEqual([{ state: 'cancelled', counts: { total: 20, queued: 20, done: 0, failed: 0 } }]);
    for (const act of [scheduler.pause(id), scheduler.resume(id), scheduler.cancel(id)]) await expect(act).rejects.toMatchObject({ code: 'conflict' });
    await leave();
    expect(stopped()).toBe(4);
    expect(await records.unfinished()).toEqual([]);
  });

  it('leaves a run when the server stops; the next goes on and asks nothing again that is there', async () => {
    const { script, letGo } = held(1);
    const first = ['prompt 0', 'prompt 1', 'prompt 2'];
    const a: Script = (question, sink, signal) => (first.includes(question.prompt) ? 'yes' : script(question, sink, signal));
    const { asked, openScheduler, events, follow, records, id } = await setup(open(), { prompts: 10, a });
    const { scheduler, leave } = openScheduler();
    await scheduler.look();
    await firstValueFrom((await events()).pipe(filter(({ counts }) => counts.done === 3)));
    await leave();
    const { state, counts } = (await records.get(id)).card;
    expect([state, counts.done]).toEqual(['running', 3]);
    letGo();
    await openScheduler().scheduler.look();
    expect((await follow()).at(-1)).toMatchObject({ state: 'done', counts: { total: 10, done: 10 } });
    for (const prompt of first) expect(asked.filter((question) => question.prompt === prompt)).toHaveLength(2);
  });

  it('works on two runs at once, and on the next when one is over', async () => {
    const { script, begun, letGo } = held(1);
    const { openScheduler, follow, records, spec, id } = await setup(open(), { prompts: 1, a: script });
    const others = [await records.add(spec, spec.set.id), await records.add(spec, spec.set.id)];
    await openScheduler().scheduler.look();
    await begun;
    const states = async () => Promise.all([id, ...others.map((other) => other.id)].map(async (one) => (await records.get(one)).card.state));
    expect(await states()).toEqual(['running', 'running', 'queued']);
    letGo();
    await follow();
    const events = await new RunEvents(records, new Readiness()).stream(others[1]!.id);
    await lastValueFrom(events);
    expect((await states())[2]).toBe('done');
  });

  it('begins what was added while it looked', async () => {
    const { openScheduler, events, records, spec, id } = await setup(open());
    await records.change(id, ['queued'], 'cancelled');
    const { scheduler } = openScheduler();
    const { unfinished } = records;
    let added = '';
    records.unfinished = async () => {
      const found = await unfinished.apply(records);
      if (added !== '') return found;
      added = (await records.add(spec, spec.set.id)).id;
      void scheduler.look();
      return found;
    };
    await scheduler.look();
    const states = (await events(new Readiness(), added)).pipe(map(({ state }) => state));
    expect(await lastValueFrom(states)).toBe('done');
  });

  it('leaves a run to the server that has it', async () => {
    const { asked, openScheduler, records, id } = await setup(open());
    await records.claim(id, 'another', Date.now() + 3_600_000);
    await openScheduler().scheduler.look();
    expect([asked, (await records.get(id)).card.state]).toEqual([[], 'queued']);
  });

  it('ends a run as failed where something unforeseen came, and says no more of it than that', async () => {
    const { openScheduler, follow, records, id } = await setup(open());
    await openScheduler({ do: () => Promise.reject(new Error('secret')) }).scheduler.look();
    expect((await follow()).at(-1)).toMatchObject({ state: 'failed', counts: { queued: 2 } });
    const { error } = (await records.get(id)).card;
    expect(error).toMatchObject({ code: 'internal_error', retryable: false });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('is never done with items that nobody asked, whenever one could not be kept', async () => {
    const { openScheduler, follow, records } = await setup(open(), { prompts: 30 });
    const { finish } = records;
    let kept = 0;
    records.finish = (...result) => (++kept === 30 ? Promise.reject(storeUnavailable('it was away', 1)) : finish.apply(records, result));
    const { scheduler } = openScheduler();
    await scheduler.look();
    expect((await follow()).at(-1)).toEqual({ state: 'done', counts: { total: 30, queued: 0, done: 30, failed: 0 } });
    expect(kept).toBe(31);
  });

  it('begins nothing while the server drains, and lets go of who follows', async () => {
    const { asked, openScheduler, events, id, records } = await setup(open());
    const { scheduler, readiness } = openScheduler();
    const following = lastValueFrom(await events(readiness), { defaultValue: 'nothing' });
    readiness.startDraining();
    await following;
    await scheduler.look();
    expect([asked, (await records.get(id)).card.state]).toEqual([[], 'queued']);
    await expect(events(readiness)).rejects.toMatchObject({ code: 'server_restarting' });
  });

  it('knows nothing of a run that is none', async () => {
    const { openScheduler, records } = await setup(open());
    const { scheduler } = openScheduler();
    for (const act of [scheduler.pause('x'), scheduler.resume('x'), scheduler.cancel('x'), new RunEvents(records, new Readiness()).stream('x')]) {
      await expect(act).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
