import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type Comparison, type ComparisonContent, type VoteChoice } from '@tandem/shared/contracts';
import { CatalogueStore, ConfigStore, HealthStore, RunFailure, StreamTransport } from '@tandem/web/data-access';
import { KeptComparisons, Votes } from '@tandem/web/data-access/kept';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { CompareStore } from '../compare-store';
import { KeepDesk } from '../sharing/keep-desk';
import { Sharing } from '../sharing/sharing';
import { VoteKeeps } from '../sharing/vote-keeps';
import { CARDS } from '../testing/turns';
import { LiveVoting } from './live-voting';

const failure = (code: 'not_found' | 'store_unavailable'): RunFailure => new RunFailure({ code, message: 'The disk is full.', retryable: true });

/** A server that keeps what it is sent. */
function setup() {
  localStorage.clear();
  sessionStorage.clear();
  const transport = new HeldTransport();
  const kept: ComparisonContent[] = [];
  const votes: [string, number, VoteChoice][] = [];
  const server = { isOff: false, isGone: false };
  const comparisons = {
    status: async () => ({ kind: 'sqlite', state: server.isOff ? 'off' : 'ready', reason: 'the disk is full' }),
    add: async (content: ComparisonContent): Promise<Comparison> => {
      if (server.isOff) throw failure('store_unavailable');
      kept.push(content);
      return { ...content, id: `kept-${kept.length}` } as Comparison;
    },
  };
  const ballots = {
    ofTurns: async () => [],
    cast: async (comparison: string, turn: number, choice: VoteChoice) => {
      if (server.isGone) throw failure('not_found');
      votes.push([comparison, turn, choice]);
      return { turn, choice };
    },
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: StreamTransport, useValue: transport },
      { provide: KeptComparisons, useValue: comparisons },
      { provide: Votes, useValue: ballots },
      {
        provide: CatalogueStore,
        useValue: { cards: signal(CARDS), byId: signal(new Map(CARDS.map((card) => [card.id, card]))), idOf: (word: string) => word },
      },
      { provide: ConfigStore, useValue: { status: signal({ version: 'v1' }) } },
      { provide: HealthStore, useValue: { reports: signal(new Map()) } },
    ],
  });
  const [store, voting, desk, sharing] = [TestBed.inject(CompareStore), TestBed.inject(LiveVoting), TestBed.inject(KeepDesk), TestBed.inject(Sharing)];
  const ask = async (prompt: string): Promise<void> => {
    store.setDraft(prompt);
    store.send();
    for (const model of store.panes.map((pane) => pane.modelId() ?? '')) {
      transport.of(model).give(token(`${model} on ${prompt}`), end());
      await transport.of(model).end();
    }
  };
  const last = () => {
    const turn = store.turns().at(-1);
    if (!turn) throw new Error('Nothing was asked.');
    return turn;
  };
  /** What the dialog does. */
  const keepAndVote = async (): Promise<void> => {
    await sharing.keep();
    await voting.voteWaiting();
  };
  return { store, voting, desk, voteKeeps: TestBed.inject(VoteKeeps), sharing, kept, votes, server, ask, last, keepAndVote };
}

describe('a vote on the page', () => {
  it('keeps nothing before that was chosen, and then counts on what is kept', async () => {
    const { voting, desk, kept, votes, ask, last, keepAndVote } = setup();
    await ask('one');
    await voting.vote(last(), 'right');
    expect([desk.isOpen(), kept.length, votes]).toEqual([true, 0, []]);
    await keepAndVote();
    expect([kept.length, votes, voting.chosen(last())]).toEqual([1, [['kept-1', 0, 'derivative']], 'right']);
  });

  it('keeps without asking where that was chosen once', async () => {
    const { voting, desk, voteKeeps, kept, votes, ask, last } = setup();
    voteKeeps.set(true);
    await ask('one');
    await voting.vote(last(), 'tie');
    await voting.vote(last(), 'left');
    expect([desk.isOpen(), kept.length, votes.map(([, , choice]) => choice)]).toEqual([false, 1, ['tie', 'baseline']]);
  });

  it('is for who stands there, after the sides changed places as well', async () => {
    const { store, voting, kept, votes, ask, last, keepAndVote } = setup();
    await ask('one');
    await voting.vote(last(), 'left');
    await keepAndVote();
    store.swap();
    expect(voting.chosen(last())).toBe('right');
    await voting.vote(last(), 'left');
    expect(votes).toEqual([
      ['kept-1', 0, 'baseline'],
      ['kept-1', 0, 'derivative'],
    ]);
    await ask('two');
    await voting.vote(last(), 'left');
    await keepAndVote();
    expect(kept.at(-1)).toMatchObject({ baseline: 'base', derivative: 'tuned' });
    expect(votes.at(-1)).toEqual(['kept-2', 1, 'derivative']);
  });

  it('on a turn that came later is on a copy that has it; those before stay where they are', async () => {
    const { store, sharing, voting, votes, ask, last, keepAndVote } = setup();
    await ask('one');
    await voting.vote(last(), 'left');
    await keepAndVote();
    expect([sharing.word(), sharing.behind()]).toEqual(['Kept', 0]);
    await ask('two');
    expect([sharing.word(), sharing.behind()]).toEqual(['Keep again', 1]);
    await voting.vote(last(), 'right');
    await keepAndVote();
    const [first] = store.turns();
    expect(first && voting.chosen(first)).toBe('left');
    if (first) await voting.vote(first, 'tie');
    expect(votes).toEqual([
      ['kept-1', 0, 'baseline'],
      ['kept-2', 1, 'derivative'],
      ['kept-1', 0, 'tie'],
    ]);
  });

  it('says why it could not be kept, and that somebody deleted it', async () => {
    const { voting, sharing, voteKeeps, server, votes, ask, last } = setup();
    voteKeeps.set(true);
    await ask('one');
    server.isOff = true;
    await voting.vote(last(), 'left');
    expect(voting.news(last())).toBe('The disk is full.');
    await sharing.look();
    expect(sharing.fault()?.message).toBe('The server can keep nothing now: the disk is full.');
    Object.assign(server, { isOff: false, isGone: true });
    await voting.vote(last(), 'left');
    expect(voting.news(last())).toBe('Somebody deleted this comparison from the server. Keep it again to vote on it.');
    expect([sharing.word(), votes]).toEqual(['Keep', []]);
  });

  it('waits for both answers, and takes only those of the pair it counts for', async () => {
    const { store, voting, ask, last } = setup();
    store.setDraft('one');
    store.send();
    expect(voting.obstacle(last())).toBe('Vote when both have answered.');
    store.stopAll();
    await ask('two');
    const [, two] = store.turns();
    store.pane('baseline').choose('tuned');
    await ask('three');
    expect(two && voting.obstacle(two)).toBe('Other models answered since: a vote on these would count for the wrong pair.');
  });
});
