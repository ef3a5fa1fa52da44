import { Logger } from '@nestjs/common';
import { parseEnvironment } from '@tandem/api/config';
import type { Store } from '@tandem/api/store';
import { describeOverDatabases } from '@tandem/api/store/testing';
import type { VoteChoice } from '@tandem/shared/contracts';
import { COMPARISON_SCHEMA } from '../kept/comparison-schema';
import { KeptComparisons } from '../kept/kept-comparisons';
import { content, ID } from '../testing/kept-content';
import { KeptVotes } from './kept-votes';

beforeEach(() => Logger.overrideLogger(false));

const NONE = { baseline: 0, derivative: 0, tie: 0, both_bad: 0 };

async function setup(store: Store) {
  const comparisons = new KeptComparisons(store, parseEnvironment({}));
  const votes = new KeptVotes(store);
  const { id } = await comparisons.add(content());
  const cast = (voter: string, choice: VoteChoice, more: { turn?: number; blind?: boolean; on?: string } = {}) =>
    votes.cast(more.on ?? id, voter, { turn: more.turn ?? 0, choice, ...(more.blind === undefined ? {} : { blind: more.blind }) });
  const counts = async (blind?: boolean) => (await votes.summary('old', 'new', blind)).counts;
  return { comparisons, votes, id, cast, counts };
}

describeOverDatabases('votes that are kept', [COMPARISON_SCHEMA], (open) => {
  it('are told as they were cast, and are not blind unless it is said', async () => {
    const { cast } = await setup(open());
    const vote = await cast('one', 'derivative', { turn: 1 });
    expect(vote).toEqual({ turn: 1, choice: 'derivative', blind: false, created_at: vote.created_at, updated_at: vote.created_at });
    expect(await cast('one', 'tie', { blind: true })).toMatchObject({ turn: 0, choice: 'tie', blind: true });
  });

  it('are one of each voter on each turn: a second is refused, and changes nothing', async () => {
    const { cast, counts } = await setup(open());
    await cast('one', 'derivative');
    await expect(cast('one', 'baseline', { blind: true })).rejects.toMatchObject({ code: 'conflict', param: 'turn', message: expect.stringContaining('PUT') });
    await cast('one', 'tie', { turn: 1 });
    await cast('other', 'both_bad');
    expect(await counts()).toEqual({ baseline: 0, derivative: 1, tie: 1, both_bad: 1 });
    expect(await counts(true)).toEqual(NONE);
  });

  it('are one however many come at once', async () => {
    const { cast, counts } = await setup(open());
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => cast('one', 'tie')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))).toEqual(
      Array.from({ length: 7 }, () => expect.objectContaining({ code: 'conflict' })),
    );
    expect(await counts()).toEqual({ ...NONE, tie: 1 });
  });

  it('are changed, by who cast them, in what is sent', async () => {
    const { votes, id, cast, counts } = await setup(open());
    const before = await cast('one', 'derivative', { blind: true });
    const after = await votes.change(id, 'one', { turn: 0, choice: 'baseline' });
    expect(after).toEqual({ turn: 0, choice: 'baseline', blind: true, created_at: before.created_at, updated_at: after.updated_at });
    expect(await votes.change(id, 'one', { turn: 0, choice: 'baseline', blind: false })).toMatchObject({ blind: false });
    expect([await counts(), await counts(true)]).toEqual([{ ...NONE, baseline: 1 }, NONE]);
  });

  it('are not changed where there are none', async () => {
    const { votes, id, cast, counts } = await setup(open());
    await cast('one', 'derivative');
    for (const [voter, turn] of [
      ['other', 0],
      ['one', 1],
    ] as const) {
      await expect(votes.change(id, voter, { turn, choice: 'tie' })).rejects.toMatchObject({ code: 'not_found', param: 'turn' });
    }
    expect(await counts()).toEqual({ ...NONE, derivative: 1 });
  });

  it('are on turns that there are', async () => {
    const { votes, id, cast } = await setup(open());
    const refusal = { code: 'invalid_request', param: 'turn', message: 'turn: must be an integer from 0 to 1: this comparison has 2.' };
    await expect(cast('one', 'tie', { turn: 2 })).rejects.toMatchObject(refusal);
    await expect(votes.change(id, 'one', { turn: 2, choice: 'tie' })).rejects.toMatchObject(refusal);
  });

  it.each([ID, '', 'x', 'a\0b'])('are not on the comparison %j', async (on) => {
    const { votes, cast } = await setup(open());
    const refusal = { code: 'not_found', param: 'id' };
    await expect(cast('one', 'tie', { on })).rejects.toMatchObject(refusal);
    await expect(votes.change(on, 'one', { turn: 0, choice: 'tie' })).rejects.toMatchObject(refusal);
    await expect(votes.ofTurns(on, 'one')).rejects.toMatchObject(refusal);
  });

  it('are not on a comparison that is deleted meanwhile', async () => {
    const { comparisons, id, cast } = await setup(open());
    const [vote] = await Promise.allSettled([cast('one', 'tie'), comparisons.remove(id)]);
    if (vote.status === 'rejected') expect(vote.reason).toMatchObject({ code: 'not_found', param: 'id' });
    await expect(cast('other', 'tie')).rejects.toMatchObject({ code: 'not_found', param: 'id' });
  });

  it('are told of each turn, with one’s own', async () => {
    const { votes, id, cast } = await setup(open());
    await cast('one', 'tie', { turn: 1 });
    await cast('other', 'derivative', { turn: 1 });
    await cast('third', 'both_bad', { turn: 1 });
    const second = { ...NONE, derivative: 1, tie: 1, both_bad: 1 };
    const of = (yours: string | null) => [
      { turn: 0, counts: NONE, yours: null },
      { turn: 1, counts: second, yours },
    ];
    expect([await votes.ofTurns(id, 'other'), await votes.ofTurns(id, 'nobody')]).toEqual([of('derivative'), of(null)]);
  });

  it('count for their pair, this way round, in all comparisons of it', async () => {
    const { comparisons, votes, cast, counts } = await setup(open());
    const again = await comparisons.add(content());
    const reversed = await comparisons.add(content({ baseline: 'new', derivative: 'old' }));
    const further = await comparisons.add(content({ derivative: 'newer' }));
    await cast('one', 'derivative');
    for (const on of [again.id, reversed.id, further.id]) await cast('one', 'derivative', { on });
    expect(await counts()).toEqual({ ...NONE, derivative: 2 });
    expect([(await votes.summary('new', 'old', undefined)).decisive, (await votes.summary('old', 'nobody', undefined)).decisive]).toEqual([1, 0]);
    expect((await votes.ranking(undefined)).map(({ model, wins, losses }) => [model, wins, losses])).toEqual([
      ['newer', 1, 0],
      ['new', 2, 1],
      ['old', 1, 3],
    ]);
  });

  it('are counted apart where they are blind', async () => {
    const { votes, cast, counts } = await setup(open());
    await cast('one', 'derivative', { blind: true });
    await cast('other', 'baseline');
    expect([await counts(true), await counts(false)]).toEqual([
      { ...NONE, derivative: 1 },
      { ...NONE, baseline: 1 },
    ]);
    const first = async (blind?: boolean) => (await votes.ranking(blind)).map(({ model }) => model);
    expect([await first(true), await first(false), await first()]).toEqual([
      ['new', 'old'],
      ['old', 'new'],
      ['new', 'old'],
    ]);
  });
});
