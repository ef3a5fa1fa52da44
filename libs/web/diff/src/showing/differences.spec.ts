import { TestBed } from '@angular/core/testing';
import { compare, type Comparison, type Question } from '@tandem/shared/differences';

// it is only made when it is asked
globalThis.Worker = class {} as unknown as typeof Worker;
const { Comparer } = await import('../worker/comparer');
const { Differences } = await import('./differences');

/** Comparisons are there once they are let go. */
async function setup() {
  const held: (() => void)[] = [];
  const comparer = { compare: (question: Question) => new Promise<Comparison>((resolve) => held.push(() => resolve(compare(question)))) };
  TestBed.configureTestingModule({ providers: [{ provide: Comparer, useValue: comparer }] });
  const fixture = TestBed.createComponent(Differences);
  const give = async (inputs: Record<string, string>): Promise<void> => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  };
  await give({ baseline: 'The cat sat', derivative: 'The dog sat', by: 'words', whose: 'derivative' });
  const letGo = async (): Promise<void> => {
    held.splice(0).forEach((go) => go());
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  await letGo();
  return { give, letGo, said: () => (fixture.nativeElement as HTMLElement).textContent ?? '', asked: () => held.length };
}

describe('the differences of two answers', () => {
  it('are gone as soon as the answers are others, however long these take', async () => {
    const { give, letGo, said } = await setup();
    expect(said()).toContain('dog');
    await give({ baseline: 'A river', derivative: 'A brook' });
    expect(said()).toBe('');
    await letGo();
    expect(said()).toContain('brook');
  });

  it('stay while the same answers are compared in another way', async () => {
    const { give, letGo, said, asked } = await setup();
    await give({ by: 'sentences' });
    expect([said().includes('dog'), asked()]).toEqual([true, 1]);
    await letGo();
    expect([said().includes('dog'), asked()]).toEqual([true, 0]);
  });
});
