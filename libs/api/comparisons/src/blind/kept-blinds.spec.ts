import { Logger } from '@nestjs/common';
import { isId, type Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { OfBoth } from '@tandem/shared/contracts';
import { COMPARISON_SCHEMA } from '../kept/comparison-schema';
import { ID } from '../testing/kept-content';
import { KeptVotes } from '../votes/kept-votes';
import { KeptBlinds, type Outcome } from './kept-blinds';

beforeEach(() => Logger.overrideLogger(false));

const NOT_FOUND = { code: 'not_found', param: 'id' };
const NONE = { baseline: 0, derivative: 0, tie: 0, both_bad: 0 };
const outcome = (seed: number) => ({ timings: null, usage: null, error: null, ignored_parameters: ['top_k'], seed });
const OUTCOMES: OfBoth<Outcome> = { baseline: outcome(1), derivative: outcome(2) };

async function setup(store: Store) {
  const blinds = new KeptBlinds(store);
  const votes = new KeptVotes(store);
  const id = await blinds.add({ baseline: 'old', derivative: 'new', left: 'derivative' }, 'voter');
  const counts = async (blind?: boolean) => (await votes.summary('old', 'new', blind)).counts;
  return { blinds, id, counts };
}

describeOverDatabases('blind comparisons that are kept', [COMPARISON_SCHEMA], (open) => {
  it('know who stands where, and at first not what came of it', async () => {
    const { blinds, id } = await setup(open());
    expect(isId(id)).toBe(true);
    expect(await blinds.get(id, 'voter')).toEqual({
      id,
      baseline: 'old',
      derivative: 'new',
      left: 'derivative',
      createdAtMs: expect.any(Number),
      choice: null,
      outcomes: undefined,
    });
  });

  it('know what came of both once they have ended', async () => {
    const { blinds, id } = await setup(open());
    await blinds.close(id, OUTCOMES);
    expect((await blinds.get(id, 'voter')).outcomes).toEqual(OUTCOMES);
  });

  it.each([ID, '', 'x', 'a\0b'])('are not there by the id %j', async (id) => {
    const { blinds } = await setup(open());
    await expect(blinds.get(id, 'voter')).rejects.toMatchObject(NOT_FOUND);
  });

  it('are there for who asked alone', async () => {
    const { blinds, id } = await setup(open());
    await expect(blinds.get(id, 'other')).rejects.toMatchObject(NOT_FOUND);
  });

  it('are forgotten where neither side answered', async () => {
    const { blinds, id } = await setup(open());
    await blinds.forget(id);
    await expect(blinds.get(id, 'voter')).rejects.toMatchObject(NOT_FOUND);
  });

  it('count one blind vote of their pair, however many come at once', async () => {
    const { blinds, id, counts } = await setup(open());
    const blind = await blinds.get(id, 'voter');
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => blinds.vote(blind, 'voter', 'left', 'derivative')));
    expect(all.map(({ status }) => status).toSorted()).toEqual(['fulfilled', ...Array<string>(4).fill('rejected')]);
    await expect(blinds.vote(blind, 'voter', 'right', 'baseline')).rejects.toMatchObject({ code: 'conflict' });
    expect([await counts(), await counts(true), await counts(false)]).toEqual([{ ...NONE, derivative: 1 }, { ...NONE, derivative: 1 }, NONE]);
  });

  it('count a vote for each of several by the same voter', async () => {
    const { blinds, id, counts } = await setup(open());
    const again = await blinds.add({ baseline: 'old', derivative: 'new', left: 'baseline' }, 'voter');
    for (const one of [id, again]) await blinds.vote(await blinds.get(one, 'voter'), 'voter', 'tie', 'tie');
    expect(await counts(true)).toEqual({ ...NONE, tie: 2 });
  });
});
