import { TestBed } from '@angular/core/testing';
import { type SendChoice, type SendsOn, Settings } from '@tandem/web/design';
import { Composer } from './composer';

function setup(own: SendsOn, choice: SendChoice) {
  TestBed.inject(Settings).chooseSending(choice);
  const fixture = TestBed.createComponent(Composer);
  for (const [name, value] of Object.entries({ label: 'Ask', text: 'Hi', summary: [], sendsOn: own, canSend: true }))
    fixture.componentRef.setInput(name, value);
  let sent = 0;
  fixture.componentInstance.send.subscribe(() => (sent += 1));
  fixture.detectChanges();
  const box = (fixture.nativeElement as HTMLElement).querySelector('textarea');
  const press = (init: KeyboardEventInit): number => {
    sent = 0;
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }));
    return sent;
  };
  return { press };
}

describe('what is written', () => {
  afterEach(() => TestBed.inject(Settings).chooseSending('page'));

  it.each<[SendsOn, SendChoice, number]>([
    ['enter', 'page', 1],
    ['control-enter', 'page', 0],
    ['control-enter', 'enter', 1],
    ['enter', 'control-enter', 0],
  ])('on a page of %s, with the choice %s, is sent by Enter alone: %d', (own, choice, times) => {
    const { press } = setup(own, choice);
    expect(press({})).toBe(times);
    expect(press({ ctrlKey: true })).toBe(1);
  });
});
