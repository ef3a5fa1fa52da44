import { Service } from '@angular/core';
import { type Comparison, type Question } from '@tandem/shared/differences';
import { type Answer, type Asked } from './messages';
import { openWorker } from './open-worker';

/** So many comparisons are kept: both panes of a turn ask for the same one, and views are switched to and fro. */
const KEPT = 12;

interface Kept {
  readonly question: Question;
  readonly comparison: Promise<Comparison>;
}

interface Waiting {
  readonly resolve: (comparison: Comparison) => void;
  readonly reject: (failure: Error) => void;
}

/** Compares answers in a worker, which is started with the first question and serves the page as long as it lives. */
@Service()
export class Comparer {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private kept: readonly Kept[] = [];
  private asked = 0;

  compare(question: Question): Promise<Comparison> {
    const known = this.kept.find((each) => isSame(each.question, question));
    if (known) return known.comparison;
    const comparison = this.ask(question);
    const kept = { question, comparison };
    this.kept = [kept, ...this.kept.slice(0, KEPT - 1)];
    comparison.catch(() => (this.kept = this.kept.filter((each) => each !== kept)));
    return comparison;
  }

  private ask(question: Question): Promise<Comparison> {
    const asked: Asked = { id: ++this.asked, question };
    return new Promise((resolve, reject) => {
      this.waiting.set(asked.id, { resolve, reject });
      (this.worker ??= this.open()).postMessage(asked);
    });
  }

  private open(): Worker {
    const worker = openWorker();
    worker.addEventListener('message', ({ data: { id, comparison } }: MessageEvent<Answer>) => {
      this.waiting.get(id)?.resolve(comparison);
      this.waiting.delete(id);
    });
    worker.addEventListener('error', ({ message }) => this.fail(worker, message));
    return worker;
  }

  /** Whatever waits will get no answer: the next question starts another worker. */
  private fail(worker: Worker, message: string): void {
    worker.terminate();
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error(message || 'The worker that compares could not be started.'));
    this.waiting.clear();
  }
}

function isSame(a: Question, b: Question): boolean {
  return a.by === b.by && a.baseline === b.baseline && a.derivative === b.derivative;
}
