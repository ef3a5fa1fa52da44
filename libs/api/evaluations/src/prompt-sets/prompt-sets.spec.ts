import { Logger } from '@nestjs/common';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import { EVALUATIONS_SCHEMA } from '../evaluations-schema';
import { keptRun, SHIPPED_SETS } from '../testing/kept-run';
import { PromptSets } from './prompt-sets';
import { ShippedSets } from './shipped-sets';

const UNKNOWN = '019ac0de-0000-7000-8000-000000000000';

beforeEach(() => Logger.overrideLogger(false));

describeOverDatabases('prompt sets', [EVALUATIONS_SCHEMA], (open) => {
  const setup = (store: Store = open()) => {
    const sets = new PromptSets(store, new ShippedSets(SHIPPED_SETS));
    const add = async (name: string): Promise<string> => (await sets.add(name, { prompts: [{ id: '1', prompt: 'x' }] })).id;
    return { sets, add };
  };

  it('are given back prompt by prompt as they were sent, in their order, also in thousands', async () => {
    const { sets } = setup();
    const prompts = Array.from({ length: 1_203 }, (_, n) => ({
      id: `${1_203 - n}`,
      prompt: `Grüße ${n} 😀`,
      tags: ['a;b', '"'],
      check: [{ type: 'json' as const }],
    }));
    const { id, count } = await sets.add('viele', { prompts });
    const found = await sets.get(id);
    expect([count, found.prompts]).toEqual([1_203, prompts]);
    expect(found.card).toEqual({ id, name: 'viele', count: 1_203, created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), is_shipped: false });
  });

  it('may have one name several times', async () => {
    const { sets, add } = setup();
    const [one, other] = [await add('same'), await add('same')];
    expect(one).not.toBe(other);
    expect((await sets.list(undefined, 10)).rows.slice(0, 2).map(({ id }) => id)).toEqual([other, one]);
  });

  it.each([1, 2, 3, 4, 5, 100])('are listed newest first in pages of %d, those that come with Tandem behind all others', async (limit) => {
    const { sets, add } = setup();
    const own = [await add('one'), await add('two'), await add('three')];
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { rows, next } = await sets.list(cursor, limit);
      expect(rows.length).toBeLessThanOrEqual(limit);
      seen.push(...rows.map(({ id }) => id));
      if (next === null) break;
      cursor = next;
    }
    expect(seen).toEqual([...own.reverse(), 'general', 'format']);
  });

  it.each(['', 'x', 'general', Buffer.from('nowhere').toString('base64url'), `${Buffer.from(UNKNOWN).toString('base64url')}=`])(
    'are not listed behind a cursor that is none: %j',
    async (cursor) => {
      await expect(setup().sets.list(cursor, 10)).rejects.toMatchObject({ status: 400, param: 'cursor' });
    },
  );

  it.each(['', 'nowhere', UNKNOWN, 'general-', "' or 1=1 --"])('are not found under %j', async (id) => {
    const { sets } = setup();
    await expect(sets.get(id)).rejects.toMatchObject({ code: 'not_found', param: undefined });
    await expect(sets.remove(id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sets.forRun(id)).rejects.toMatchObject({ code: 'not_found', param: 'prompt_set' });
  });

  it('are deleted with their prompts, once, and no others with them', async () => {
    const { sets, add } = setup();
    const [one, other] = [await add('one'), await add('other')];
    await sets.remove(one);
    await expect(sets.remove(one)).rejects.toMatchObject({ code: 'not_found' });
    expect((await sets.get(other)).prompts).toHaveLength(1);
  });

  it('stay while a run is over them, whatever came of it, and say which', async () => {
    const { sets, records, spec, id } = await keptRun(open());
    await records.change(id, ['queued'], 'cancelled');
    await expect(sets.remove(spec.set.id)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(id) });
    await records.remove(id);
    await sets.remove(spec.set.id);
  });

  it('are answered for with what the store says where nothing can be kept, Tandem’s own as well', async () => {
    const store = open();
    const { sets, add } = setup(store);
    const id = await add('mine');
    await store.close();
    const answers = [sets.list(undefined, 10), sets.get(id), sets.get('general'), sets.get('nowhere'), sets.remove(id), sets.remove('general'), add('x')];
    for (const answer of await Promise.allSettled(answers)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable', status: 503, retryAfterSeconds: expect.any(Number) } });
    }
  });
});
