import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { RunRegistry, type Target } from '@tandem/api/completion';
import { Rounds } from '@tandem/shared/concurrency';

/** Answers of one model that runs ask for at once: as many as the engine gives at once. */
const PER_MODEL = 4;
/** How often it is looked whether people wait, in milliseconds. */
const LOOK_MS = 50;

/** Why work was stopped that is to be done again. */
const YIELDED = new Error('Somebody waits.');

interface Work {
  readonly model: string;
  readonly place: string;
  readonly stop: AbortController;
}

interface Waiter {
  readonly model: string;
  readonly place: string;
  readonly begin: (own: Work) => void;
}

/**
 * Where runs do their work: a few answers of each model at once, and none while a person waits for the same place, which is the
 * engine for local models and each server for itself. Where somebody waits although, the work that began last is stopped.
 */
@Injectable()
export class Lanes implements OnModuleDestroy {
  private readonly running: Work[] = [];
  private readonly waiting: Waiter[] = [];
  private readonly places = new Map<string, string>();
  private people = new Map<string, number>();
  private rounds: Rounds | undefined;

  constructor(
    private readonly runs: RunRegistry,
    private readonly targets: TargetResolver,
  ) {}

  onModuleDestroy(): void {
    this.rounds?.close();
  }

  /** Does the work when there is room for it; again, where it had to yield. Rejects with the reason of the signal. */
  async use<Result>({ card }: Target, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const place = placeOf(card);
    this.places.set(card.id, place);
    for (;;) {
      const own = await this.turn(card.id, place, signal);
      try {
        return await work(AbortSignal.any([signal, own.stop.signal]));
      } catch (thrown) {
        signal.throwIfAborted();
        if (!own.stop.signal.aborted) throw thrown;
      } finally {
        this.running.splice(this.running.indexOf(own), 1);
        this.moveUp();
      }
    }
  }

  /** Resolves with the work that there is room for, which counts as running from then on. */
  private async turn(model: string, place: string, signal: AbortSignal): Promise<Work> {
    signal.throwIfAborted();
    return new Promise<Work>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        model,
        place,
        begin: (own) => {
          signal.removeEventListener('abort', leave);
          resolve(own);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiter);
      // it looks until there is nothing to do, so not before there is
      this.look();
      this.moveUp();
    });
  }

  private moveUp(): void {
    for (const waiter of [...this.waiting]) {
      const { model, place } = waiter;
      const taken = this.running.filter((work) => work.model === model).length;
      if (taken >= PER_MODEL || (this.people.get(place) ?? 0) > 0) continue;
      this.waiting.splice(this.waiting.indexOf(waiter), 1);
      const own: Work = { model, place, stop: new AbortController() };
      this.running.push(own);
      waiter.begin(own);
    }
  }

  private look(): void {
    if (this.rounds !== undefined) return;
    this.rounds = new Rounds(
      () => this.yieldToPeople(),
      () => LOOK_MS,
    );
    this.rounds.begin();
  }

  private async yieldToPeople(): Promise<void> {
    const people = new Map<string, number>();
    for (const { modelId, isQueued } of this.runs.running) {
      if (!isQueued) continue;
      const place = await this.placeOfModel(modelId);
      people.set(place, (people.get(place) ?? 0) + 1);
    }
    this.people = people;
    for (const [place, count] of people) {
      const here = this.running.filter((work) => work.place === place && !work.stop.signal.aborted);
      for (const { stop } of here.slice(-count)) stop.abort(YIELDED);
    }
    this.moveUp();
    if (this.running.length > 0 || this.waiting.length > 0) return;
    this.rounds?.close();
    this.rounds = undefined;
  }

  private async placeOfModel(model: string): Promise<string> {
    const known = this.places.get(model);
    if (known !== undefined) return known;
    const place = await this.targets.resolve(model).then(
      ({ card }) => placeOf(card),
      // it is gone meanwhile
      () => model,
    );
    this.places.set(model, place);
    return place;
  }
}

function placeOf({ id, place }: Target['card']): string {
  return place === 'local' ? 'local' : id;
}
