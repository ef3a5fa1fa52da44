import { computed, inject, Injectable, Injector, signal } from '@angular/core';
import { Router } from '@angular/router';
import { type BlindChoice, type Comparison, type TurnVotes } from '@tandem/shared/contracts';
import { Latest, RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { KeptComparisons, Votes } from '@tandem/web/data-access/kept';
import { choiceOf, voteOf } from '@tandem/web/kept/words';
import { type TurnView } from '../turn/turn-view';
import { type TurnsInView } from '../turn/turns-in-view';
import { type View } from '../views/view';
import { obstacleToVote } from '../voting/obstacle-to-vote';
import { turnsOf } from './turns-of';

export type ResultState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly comparison: Comparison }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly fault: RunFault };

/** A comparison as the server keeps it, with the votes on it. Nothing of it changes here but its title, its note and one's vote. */
@Injectable()
export class ResultStore implements TurnsInView {
  private readonly kept = inject(KeptComparisons);
  private readonly votes = inject(Votes);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);

  private readonly _state = signal<ResultState>({ kind: 'loading' });
  private readonly views = signal<ReadonlyMap<string, View>>(new Map());
  private readonly voted = signal<readonly TurnVotes[]>([]);
  private readonly _news = signal<{ readonly turn: string; readonly words: string } | undefined>(undefined);
  private readonly _cast = signal(0);
  private readonly _changeFault = signal('');
  private casting: Promise<void> = Promise.resolve();
  private changing: Promise<void> = Promise.resolve();
  private readonly opening = new Latest();

  readonly state = this._state.asReadonly();
  /** How many votes were cast from here. */
  readonly cast = this._cast.asReadonly();
  /** Why the title or the note is not as it was written; empty where it is. */
  readonly changeFault = this._changeFault.asReadonly();
  readonly comparison = computed(() => {
    const state = this._state();
    return state.kind === 'ready' ? state.comparison : undefined;
  });
  private readonly asKept = computed(() => {
    const comparison = this.comparison();
    return comparison ? turnsOf(comparison) : [];
  });
  readonly turns = computed(() => this.asKept().map((turn): TurnView => ({ ...turn, view: this.views().get(turn.id) })));

  async open(id: string): Promise<void> {
    const isLatest = this.opening.begin();
    this._state.set({ kind: 'loading' });
    this.voted.set([]);
    this._changeFault.set('');
    const state = await this.read(id);
    if (!isLatest()) return;
    this._state.set(state);
    if (state.kind === 'ready') await this.readVotes(id);
  }

  /** One after the other: what is told last is what the server has. */
  change(change: Partial<Pick<Comparison, 'title' | 'note'>>): Promise<void> {
    const comparison = this.comparison();
    if (!comparison) return Promise.resolve();
    this.changing = this.changing.then(async () => {
      try {
        const { title, note, updated_at } = await this.kept.change(comparison.id, change);
        if (this.comparison()?.id !== comparison.id) return;
        this._state.set({ kind: 'ready', comparison: { ...comparison, title, note, updated_at } });
        this._changeFault.set('');
      } catch (failure) {
        if (this.comparison()?.id === comparison.id) this._changeFault.set(faultOf(failure).message);
      }
    });
    return this.changing;
  }

  showAs(turn: string, view: View): void {
    this.views.update((all) => new Map(all).set(turn, view));
  }

  chosen(turn: TurnView): BlindChoice | null {
    const yours = this.votesOn(turn)?.yours;
    return yours ? choiceOf(yours, false) : null;
  }

  votesOn(turn: TurnView): TurnVotes | undefined {
    return this.voted()[this.placeOf(turn)];
  }

  obstacle(turn: TurnView): string {
    const comparison = this.comparison();
    const isOfPair = turn.answers.every(({ side, model }) => model === comparison?.[side === 'baseline' ? 'baseline' : 'derivative']);
    return obstacleToVote(turn) || (isOfPair ? '' : 'Other models answered this turn: a vote on it would count for the wrong pair.');
  }

  news(turn: TurnView): string {
    const news = this._news();
    return news?.turn === turn.id ? news.words : '';
  }

  /** One after the other: a second choice changes the first. */
  vote(turn: TurnView, choice: BlindChoice): Promise<void> {
    const id = this.comparison()?.id;
    if (id === undefined || this.obstacle(turn) !== '') return Promise.resolve();
    const vote = async (): Promise<void> => {
      this._news.set(undefined);
      try {
        await this.votes.cast(id, this.placeOf(turn), voteOf(choice, false), this.chosen(turn) !== null);
        await this.readVotes(id);
        this._cast.update((count) => count + 1);
      } catch (failure) {
        const fault = faultOf(failure);
        this._news.set({ turn: turn.id, words: fault.code === 'not_found' ? 'Somebody deleted this comparison from the server.' : fault.message });
      }
    };
    this.casting = this.casting.then(vote, vote);
    return this.casting;
  }

  compare(baseline: string, derivative: string): void {
    void this.router.navigate(['/'], { queryParams: { baseline, twodelta: derivative } });
  }

  /** Goes on with it on Compare, as a comparison of this browser. Gives why it cannot; empty where it does. */
  async goOn(): Promise<string> {
    const comparison = this.comparison();
    if (!comparison) return '';
    const { bringToCompare } = await import('./bring-to-compare');
    const obstacle = bringToCompare(this.injector, comparison, this.asKept());
    if (obstacle === '') await this.router.navigate(['/']);
    return obstacle;
  }

  private async read(id: string): Promise<ResultState> {
    try {
      return { kind: 'ready', comparison: await this.kept.get(id) };
    } catch (failure) {
      const fault = faultOf(failure);
      return fault.code === 'not_found' ? { kind: 'missing' } : { kind: 'failed', fault };
    }
  }

  private placeOf({ id }: TurnView): number {
    return this.asKept().findIndex((turn) => turn.id === id);
  }

  private async readVotes(id: string): Promise<void> {
    const votes = await this.votes.ofTurns(id).catch(() => undefined);
    if (votes && this.comparison()?.id === id) this.voted.set(votes);
  }
}

function faultOf(failure: unknown): RunFault {
  return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
}
