import { TestBed } from '@angular/core/testing';
import type { RunItem } from '@tandem/shared/contracts';
import { answerOf, FAILED, itemOf } from '../testing/item';

// it is only made when it is asked
globalThis.Worker = class {} as unknown as typeof Worker;
const { ItemDialog } = await import('./item-dialog');

HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};

async function setup(item: RunItem, more: { hasNext?: boolean; hasPrevious?: boolean } = { hasNext: true, hasPrevious: true }) {
  const fixture = TestBed.createComponent(ItemDialog);
  for (const [name, value] of Object.entries({ item, isOpen: true, titles: ['Model a', 'Model b'], ...more })) fixture.componentRef.setInput(name, value);
  const steps: number[] = [];
  fixture.componentInstance.step.subscribe((by) => steps.push(by));
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const words = (selector: string) => [...host.querySelectorAll(selector)].map((each) => each.textContent?.replace(/\s+/g, ' ').trim());
  const press = (key: string, on: Element = host): boolean => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return { fixture, host, steps, words, press };
}

const PAIR = { baseline: answerOf('The cat sat', true), derivative: answerOf('The dog sat', false, { model: 'b' }) };

describe('ItemDialog', () => {
  it('shows what was asked, both answers, what the checks found, and how they differ', async () => {
    const item = itemOf('a:1', PAIR, { system: 'Be brief.', reference: 'cat', tags: ['words', 'animals'], verdicts: [{ model: 'b', winner: 'derivative' }] });
    const { words } = await setup(item);
    expect(words('.asked p')).toEqual(['systemBe brief.', 'Prompt a:1', 'Referencecat', 'Tagswords, animals']);
    expect(words('section .whose')).toEqual(['Model a', 'Model b']);
    expect(words('.checks li')).toEqual(['contains: passed', 'contains: not passed']);
    expect(words('.spine .figure')).toEqual(['first token ±0 ms', '1.00× tok/s', 'equally long', 'first difference: word 2']);
    expect(words('.spine .found span')).toEqual(['KL 1.150 nats per token', 'judge: Model b']);
  });

  it('says why an answer is missing, and that there is nothing to compare', async () => {
    const { host, words } = await setup(itemOf('a:1', { baseline: FAILED, derivative: answerOf('b') }, { divergence: null }));
    expect(words('tandem-fault-note .what')).toEqual(['No answer in time']);
    expect(words('.obstacle')).toEqual(['An answer is missing: there is nothing to compare.']);
    expect([...host.querySelectorAll<HTMLInputElement>('input[type=radio]')].map(({ disabled }) => disabled)).toEqual([false, true, true, true]);
    expect(words('.spine span')).toEqual([]);
    expect(words('.spine button')).toEqual([]);
  });

  it('steps by arrow keys, but not from within a choice, nor beyond the ends', async () => {
    const { host, steps, press } = await setup(itemOf('a:1', PAIR), { hasNext: true, hasPrevious: false });
    press('ArrowRight');
    press('ArrowLeft');
    press('ArrowRight', host.querySelector('input') ?? host);
    press('a');
    expect(steps).toEqual([1]);
  });

  it('shows what is still to be asked as that', async () => {
    const { words } = await setup(itemOf('a:1', {}, { state: 'queued', divergence: null }));
    expect(words('section .aside')).toEqual(['Still to be asked.', 'Still to be asked.']);
  });
});
