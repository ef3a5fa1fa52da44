import { TestBed } from '@angular/core/testing';
import { compare, type Question } from '@tandem/shared/differences';
import { type Answer, type Asked } from './messages';

/** In place of a thread, which jsdom does not have: it compares when it is told to, or breaks. */
class Thread extends EventTarget {
  static readonly all: Thread[] = [];
  readonly asked: Asked[] = [];
  isOver = false;

  constructor(readonly address: URL) {
    super();
    Thread.all.push(this);
  }

  postMessage(asked: Asked): void {
    this.asked.push(asked);
  }

  terminate(): void {
    this.isOver = true;
  }

  answer(at: number): void {
    const { id, question } = this.asked[at]!;
    this.dispatchEvent(new MessageEvent<Answer>('message', { data: { id, comparison: compare(question) } }));
  }

  break(message: string): void {
    this.dispatchEvent(new ErrorEvent('error', { message }));
  }
}

const question = (derivative: string, more: Partial<Question> = {}): Question => ({ baseline: 'The cat', derivative, by: 'words', ...more });

async function setup() {
  Thread.all.length = 0;
  Object.assign(globalThis, { Worker: Thread });
  const { Comparer } = await import('./comparer');
  return TestBed.inject(Comparer);
}

describe('Comparer', () => {
  it('starts one thread, with the first question, of its own file', async () => {
    const comparer = await setup();
    expect(Thread.all).toHaveLength(0);
    void comparer.compare(question('The dog'));
    void comparer.compare(question('A cat'));
    expect(Thread.all.map(({ address }) => address.pathname.split('/').at(-1))).toEqual(['compare.worker']);
  });

  it('gives each question its own answer, whichever comes first', async () => {
    const comparer = await setup();
    const answers = Promise.all([comparer.compare(question('The dog')), comparer.compare(question('The cat'))]);
    Thread.all[0]?.answer(1);
    Thread.all[0]?.answer(0);
    expect((await answers).map(({ isSame }) => isSame)).toEqual(['no', 'text']);
  });

  it('asks once for what both panes want, and again for what differs in anything', async () => {
    const comparer = await setup();
    expect(comparer.compare(question('The dog'))).toBe(comparer.compare(question('The dog')));
    for (const other of [question('The cow'), question('The dog', { by: 'sentences' }), question('The dog', { baseline: 'A cat' })])
      void comparer.compare(other);
    expect(Thread.all[0]?.asked).toHaveLength(4);
  });

  it('keeps the twelve last ones', async () => {
    const comparer = await setup();
    const ask = (number: number): void => void comparer.compare(question(`dog ${number}`));
    for (let number = 0; number < 13; number += 1) ask(number);
    ask(12);
    ask(1);
    expect(Thread.all[0]?.asked).toHaveLength(13);
    ask(0);
    expect(Thread.all[0]?.asked).toHaveLength(14);
  });

  it.each([
    ['out of memory', 'out of memory'],
    ['', 'The worker that compares could not be started.'],
  ])('fails whatever waits for a thread that breaks with "%s", and asks another one the next time', async (why, words) => {
    const comparer = await setup();
    const waiting = [comparer.compare(question('The dog')), comparer.compare(question('A cat'))];
    const told = Promise.allSettled(waiting);
    Thread.all[0]?.break(why);
    expect(await told).toMatchObject(waiting.map(() => ({ status: 'rejected', reason: { message: words } })));
    expect(Thread.all[0]?.isOver).toBe(true);
    const again = comparer.compare(question('The dog'));
    Thread.all[1]?.answer(0);
    expect((await again).isSame).toBe('no');
  });
});
