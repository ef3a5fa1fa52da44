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
import { RunDesk } from './run-desk';
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
  const openDesk = (work?: Pick<ItemWork, 'do'>) => {
    const { lanes, people, close } = lanesOf(resolver);
    const asker = new SideAsker(resolver, lanes, people);
    const items = new ItemWork(asker, new Judge(asker), {} as TextScoring, new ScoringLane(resolver, lanes));
    const readiness = new Readiness();
    const desk = new RunDesk(records, (work ?? items) as ItemWork, store, readiness);
    const leave = async (): Promise<void> => {
      await desk.onModuleDestroy();
      await close();
    };
    defer(leave);
    return { desk, readiness, leave };
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
  return { ...run, asked, openDesk, events, follow };
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

describeOverDatabases('the desk of runs', [EVALUATIONS_SCHEMA], (open) => {
  it('has all items asked, each of both sides with the seed of its repeat, and says when it is done', async () => {
    const { asked, openDesk, follow, records, id } = await setup(open(), { prompts: 15, repeats: 2 });
    await openDesk().desk.look();
    const told = await follow();
    expect(told.at(-1)).toEqual({ state: 'done', counts: { total: 30, queued: 0, done: 30, failed: 0 } });
    expect(told.slice(0, -1).every(({ state }) => state === 'running')).toBe(true);
    expect(new Set(asked.map(({ model, prompt, seed }) => `${model} ${prompt} ${seed}`)).size).toBe(60);
    expect([asked.length, new Set(asked.map(({ seed }) => seed))]).toEqual([60, new Set([7, 8])]);
    expect((await records.get(id)).card).toMatchObject({ error: null, ended_at: expect.any(String) });
  });

  it('is done also where items failed', async () => {
    const b: Script = ({ prompt }) => (prompt === 'prompt 1' ? Promise.reject(new Error('no')) : 'no');
    const { openDesk, follow } = await setup(open(), { prompts: 3, b });
    await openDesk().desk.look();
    expect((await follow()).at(-1)).toEqual({ state: 'done', counts: { total: 3, queued: 0, done: 2, failed: 1 } });
  });

  it('begins nothing more of a run that is paused, keeps what was begun, and asks the rest when it goes on', async () => {
    const { script, begun, letGo } = held(4);
    const { asked, openDesk, follow, records, id } = await setup(open(), { prompts: 20, a: script });
    const { desk } = openDesk();
    await desk.look();
    await begun;
    await desk.pause(id);
    expect((await records.get(id)).card.state).toBe('paused');
    await expect(desk.pause(id)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('is paused') });
    letGo();
    await desk.resume(id);
    expect((await follow()).at(-1)).toMatchObject({ state: 'done', counts: { done: 20 } });
    expect(asked).toHaveLength(40);
  });

  it('stops the models of a run that is cancelled, and does nothing with it any more', async () => {
    const { script, begun, stopped } = held(4);
    const { openDesk, follow, records, id } = await setup(open(), { prompts: 20, a: script });
    const { desk, leave } = openDesk();
    await desk.look();
    await begun;
    await desk.cancel(id);
    expect(await follow()).toEqual([{ state: 'cancelled', counts: { total: 20, queued: 20, done: 0, failed: 0 } }]);
    for (const act of [desk.pause(id), desk.resume(id), desk.cancel(id)]) await expect(act).rejects.toMatchObject({ code: 'conflict' });
    await leave();
    expect(stopped()).toBe(4);
    expect(await records.unfinished()).toEqual([]);
  });

  it('leaves a run when the server stops; the next goes on and asks nothing again that is there', async () => {
    const { script, letGo } = held(1);
    const first = ['prompt 0', 'prompt 1', 'prompt 2'];
    const a: Script = (question, sink, signal) => (first.includes(question.prompt) ? 'yes' : script(question, sink, signal));
    const { asked, openDesk, events, follow, records, id } = await setup(open(), { prompts: 10, a });
    const { desk, leave } = openDesk();
    await desk.look();
    await firstValueFrom((await events()).pipe(filter(({ counts }) => counts.done === 3)));
    await leave();
    const { state, counts } = (await records.get(id)).card;
    expect([state, counts.done]).toEqual(['running', 3]);
    letGo();
    await openDesk().desk.look();
    expect((await follow()).at(-1)).toMatchObject({ state: 'done', counts: { total: 10, done: 10 } });
    for (const prompt of first) expect(asked.filter((question) => question.prompt === prompt)).toHaveLength(2);
  });

  it('works on two runs at once, and on the next when one is over', async () => {
    const { script, begun, letGo } = held(1);
    const { openDesk, follow, records, spec, id } = await setup(open(), { prompts: 1, a: script });
    const others = [await records.add(spec, spec.set.id), await records.add(spec, spec.set.id)];
    await openDesk().desk.look();
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
    const { openDesk, events, records, spec, id } = await setup(open());
    await records.change(id, ['queued'], 'cancelled');
    const { desk } = openDesk();
    const { unfinished } = records;
    let added = '';
    records.unfinished = async () => {
      const found = await unfinished.apply(records);
      if (added !== '') return found;
      added = (await records.add(spec, spec.set.id)).id;
      void desk.look();
      return found;
    };
    await desk.look();
    const states = (await events(new Readiness(), added)).pipe(map(({ state }) => state));
    expect(await lastValueFrom(states)).toBe('done');
  });

  it('leaves a run to the server that has it', async () => {
    const { asked, openDesk, records, id } = await setup(open());
    await records.claim(id, 'another', Date.now() + 3_600_000);
    await openDesk().desk.look();
    expect([asked, (await records.get(id)).card.state]).toEqual([[], 'queued']);
  });

  it('ends a run as failed where something unforeseen came, and says no more of it than that', async () => {
    const { openDesk, follow, records, id } = await setup(open());
    await openDesk({ do: () => Promise.reject(new Error('secret')) }).desk.look();
    expect((await follow()).at(-1)).toMatchObject({ state: 'failed', counts: { queued: 2 } });
    const { error } = (await records.get(id)).card;
    expect(error).toMatchObject({ code: 'internal_error', retryable: false });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('is never done with items that nobody asked, whenever one could not be kept', async () => {
    const { openDesk, follow, records } = await setup(open(), { prompts: 30 });
    const { finish } = records;
    let kept = 0;
    records.finish = (...result) => (++kept === 30 ? Promise.reject(storeUnavailable('it was away', 1)) : finish.apply(records, result));
    const { desk } = openDesk();
    await desk.look();
    expect((await follow()).at(-1)).toEqual({ state: 'done', counts: { total: 30, queued: 0, done: 30, failed: 0 } });
    expect(kept).toBe(31);
  });

  it('begins nothing while the server drains, and lets go of who follows', async () => {
    const { asked, openDesk, events, id, records } = await setup(open());
    const { desk, readiness } = openDesk();
    const following = lastValueFrom(await events(readiness), { defaultValue: 'nothing' });
    readiness.startDraining();
    await following;
    await desk.look();
    expect([asked, (await records.get(id)).card.state]).toEqual([[], 'queued']);
    await expect(events(readiness)).rejects.toMatchObject({ code: 'server_restarting' });
  });

  it('knows nothing of a run that is none', async () => {
    const { openDesk, records } = await setup(open());
    const { desk } = openDesk();
    for (const act of [desk.pause('x'), desk.resume('x'), desk.cancel('x'), new RunEvents(records, new Readiness()).stream('x')]) {
      await expect(act).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
