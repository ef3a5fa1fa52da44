import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { PromptList } from './prompt-list';
import { PromptStore } from './prompt-store';

@Component({
  imports: [PromptList],
  template: `
    <tandem-prompt-list [text]="text()" (take)="text.set($event)">
      <textarea (keydown)="heard.push($event.key)"></textarea>
    </tandem-prompt-list>
  `,
})
class Page {
  readonly text = signal('');
  readonly heard: string[] = [];
}

function setup(...prompts: string[]) {
  localStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
  const fixture: ComponentFixture<Page> = TestBed.createComponent(Page);
  for (const prompt of prompts) TestBed.inject(PromptStore).save(prompt);
  const page = fixture.componentInstance;
  const host = fixture.nativeElement as HTMLElement;
  const box = host.querySelector('textarea')!;
  const type = (text: string): void => {
    page.text.set(text);
    fixture.detectChanges();
  };
  const press = (key: string, rest: KeyboardEventInit = {}): void => {
    box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...rest }));
    fixture.detectChanges();
  };
  const options = (): string[] => [...host.querySelectorAll('[role=option]')].map((option) => option.textContent?.trim() ?? '');
  const active = (): string => host.querySelector(`#${box.getAttribute('aria-activedescendant')}`)?.textContent?.trim() ?? '';
  fixture.detectChanges();
  return { page, host, box, type, press, options, active };
}

describe('PromptList', () => {
  it('lists the saved prompts once "/" stands alone in the box, and those with the words behind it', () => {
    const { type, options, host } = setup('Explain it.\nAt length.', 'Shorten it.');
    expect(options()).toEqual([]);
    type('/');
    expect(options()).toEqual(['Explain it. At length.', 'Shorten it.']);
    expect(host.querySelector('[role=status]')?.textContent).toMatch(/^2 saved prompts\./);
    type('/short');
    expect(options()).toEqual(['Shorten it.']);
    type('/usr/bin');
    expect(options()).toEqual([]);
    type('see /short');
    expect(options()).toEqual([]);
  });

  it('takes the one that the arrow keys moved to, whole', () => {
    const { page, type, press, active, options } = setup('one', 'two', 'three\nand more');
    type('/');
    expect(active()).toBe('one');
    press('ArrowUp');
    expect(active()).toBe('three and more');
    press('ArrowDown');
    press('ArrowDown');
    expect(active()).toBe('two');
    press('ArrowDown');
    press('Enter');
    expect([page.text(), options()]).toEqual(['three\nand more', []]);
    expect(page.heard).toEqual([]);
  });

  it('takes what is pressed', () => {
    const { page, host, type } = setup('one', 'two');
    type('/');
    host.querySelectorAll<HTMLElement>('[role=option]')[1]?.click();
    expect(page.text()).toBe('two');
  });

  it('goes away with Escape, until "/" is written anew', () => {
    const { box, type, press, options, page } = setup('one');
    type('/');
    press('Escape');
    expect([options(), box.hasAttribute('aria-activedescendant')]).toEqual([[], false]);
    press('Enter');
    expect(page.heard).toEqual(['Enter']);
    type('');
    type('/');
    expect(options()).toEqual(['one']);
  });

  it.each<[string, KeyboardEventInit]>([
    ['an input method composes', { isComposing: true }],
    ['it comes with Shift', { shiftKey: true }],
  ])('leaves Enter to the box while %s', (_, rest) => {
    const { page, type, press } = setup('one');
    type('/');
    press('Enter', rest);
    expect([page.text(), page.heard]).toEqual(['/', ['Enter']]);
  });

  it('says where prompts come from while there is none', () => {
    const { host, type } = setup();
    type('/');
    expect(host.textContent).toMatch(/No prompt is saved yet: write one, and save it under More, Prompts\./);
    type('/x');
    expect(host.textContent).not.toMatch(/No prompt/);
  });
});
