import { effect, inject, Service, signal, untracked } from '@angular/core';
import { type BlindChoice, type VoteChoice } from '@tandem/shared/contracts';
import { RunFailure, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { Votes } from '@tandem/web/data-access/kept';
import { choiceOf, voteOf } from '@tandem/web/kept/words';
import { CompareStore } from '../compare-store';
import { isVeiled } from '../blind/blind-turn';
import { KeepDesk } from '../sharing/keep-desk';
import { KeptCopies, placesOf, type TurnPlace } from '../sharing/kept-copies';
import { VoteKeeps } from '../sharing/vote-keeps';
import { Sharing } from '../sharing/sharing';
import { type TurnView } from '../turn/turn-view';
import { obstacleToVote } from './obstacle-to-vote';

/** What this voter said of a kept comparison, turn by turn. */
type Yours = readonly (VoteChoice | null)[];

/**
 * Votes on the comparison of the page. They are on the server's copy of it: where there is none, it is asked for first, and
 * nothing is kept that was not.
 */
@Service()
export class LiveVoting {
  private readonly store = inject(CompareStore);
  private readonly sharing = inject(Sharing);
  private readonly copies = inject(KeptCopies);
  private readonly desk = inject(KeepDesk);
  private readonly voteKeeps = inject(VoteKeeps);
  private readonly votes = inject(Votes);

  private readonly yours = signal<ReadonlyMap<string, Yours>>(new Map());
  private readonly _news = signal<{ readonly turn: string; readonly words: string } | undefined>(undefined);
  private readonly _cast = signal(0);
  private readonly reading = new Map<string, Promise<void>>();
  private casting: Promise<void> = Promise.resolve();

  /** How many votes were cast from here: what they come to is worth asking for again. */
  readonly cast = this._cast.asReadonly();

  constructor() {
    effect(() => {
      const copies = this.sharing.copies();
      untracked(() => copies.forEach(({ id }) => void this.read(id)));
    });
  }

  chosen(turn: TurnView): BlindChoice | null {
    const seen = turn.blind?.reveal;
    if (seen) return choiceOf(seen.vote, this.sharing.isCrossed());
    const voted = this.placeOf(turn);
    const choice = voted && this.choiceAt(voted);
    return choice ? choiceOf(choice, voted.isCrossed) : null;
  }

  obstacle(turn: TurnView): string {
    if (turn.blind?.reveal) return 'You voted blind on this turn: that vote stays.';
    const obstacle = obstacleToVote(turn);
    if (obstacle !== '' || isVeiled(turn)) return obstacle;
    const place = this.placeOf(turn);
    const copy = place && this.sharing.copies().find(({ id }) => id === place.comparison);
    const pair = copy ? [copy.baseline, copy.derivative] : this.sharing.pair();
    const models = turn.answers.map(({ model }) => model);
    if (pair.toSorted().join() === models.toSorted().join()) return '';
    return 'Other models answered since: a vote on these would count for the wrong pair.';
  }

  news(turn: TurnView): string {
    const news = this._news();
    // what failed here has come to light all the same
    return news?.turn === turn.id && !turn.blind?.reveal ? news.words : '';
  }

  /** One after the other: a second choice changes the first. */
  vote(turn: TurnView, choice: BlindChoice): Promise<void> {
    if (this.obstacle(turn) !== '') return Promise.resolve();
    if (!isVeiled(turn) && !this.placeOf(turn) && !this.voteKeeps.isOn()) {
      this.desk.ask({ turn: turn.id, choice });
      return Promise.resolve();
    }
    const vote = (): Promise<void> => (isVeiled(turn) ? this.sendBlind(turn, choice) : this.send(turn, choice));
    this.casting = this.casting.then(vote, vote);
    return this.casting;
  }

  /** Casts the vote that waited, as its comparison is kept now. */
  async voteWaiting(): Promise<void> {
    const waiting = this.desk.waiting();
    this.desk.waiting.set(undefined);
    const turn = this.store.turns().find(({ id }) => id === waiting?.turn);
    if (waiting && turn) await this.send(turn, waiting.choice);
  }

  private async send(turn: TurnView, choice: BlindChoice): Promise<void> {
    this._news.set(undefined);
    if (!this.placeOf(turn)) await this.sharing.keep();
    const place = this.placeOf(turn);
    if (!place) return this.say(turn, this.sharing.fault()?.message ?? this.sharing.obstacle());
    try {
      // a browser is told apart from others by what this gives it: of two tabs that vote at once, each would be given its own
      await this.read(place.comparison);
      const { choice: counted } = await this.votes.cast(place.comparison, place.turn, voteOf(choice, place.isCrossed), this.choiceAt(place) !== null);
      this.yours.update((all) => new Map(all).set(place.comparison, withVote(all.get(place.comparison) ?? [], place.turn, counted)));
      this._cast.update((count) => count + 1);
    } catch (failure) {
      const { code, message } = failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
      if (code === 'not_found') this.copies.forget(place.comparison);
      this.say(turn, code === 'not_found' ? 'Somebody deleted this comparison from the server. Keep it again to vote on it.' : message);
    }
  }

  /** It counts for the pair without anything being kept of the answers, and brings to light whose they are. */
  private async sendBlind(turn: TurnView, choice: BlindChoice): Promise<void> {
    const id = turn.blind?.id ?? null;
    if (id === null) return;
    this._news.set(undefined);
    try {
      await this.store.reveal(turn.id, await this.votes.voteBlind(id, choice));
      this._cast.update((count) => count + 1);
    } catch (failure) {
      this.say(turn, (failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER).message);
    }
  }

  private say(turn: TurnView, words: string): void {
    this._news.set({ turn: turn.id, words });
  }

  /** Where its vote is; else where it would be: in the latest copy. */
  private placeOf(turn: TurnView): TurnPlace | undefined {
    const places = placesOf(this.sharing.copies(), turn);
    return places.findLast((place) => this.choiceAt(place)) ?? places.at(-1);
  }

  private choiceAt({ comparison, turn }: TurnPlace): VoteChoice | null {
    return this.yours().get(comparison)?.[turn] ?? null;
  }

  /** Once for each: what other tabs voted since comes to light with the next vote. */
  private read(id: string): Promise<void> {
    const begun = this.reading.get(id);
    if (begun) return begun;
    const reading = this.votes
      .ofTurns(id)
      .then((turns) =>
        this.yours.update((all) =>
          new Map(all).set(
            id,
            turns.map(({ yours }) => yours),
          ),
        ),
      )
      .catch((failure: unknown) => {
        this.reading.delete(id);
        if (failure instanceof RunFailure && failure.fault.code === 'not_found') this.copies.forget(id);
      });
    this.reading.set(id, reading);
    return reading;
  }
}

function withVote(yours: Yours, turn: number, choice: VoteChoice): Yours {
  return Array.from({ length: Math.max(yours.length, turn + 1) }, (_, at) => (at === turn ? choice : (yours[at] ?? null)));
}
