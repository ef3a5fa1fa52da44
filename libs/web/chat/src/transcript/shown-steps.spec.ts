import { signal } from '@angular/core';
import { question } from '../testing/records';
import { type PathStep } from '../tree/message-tree';
import { ShownSteps } from './shown-steps';

const path = (length: number): PathStep[] =>
  Array.from({ length }, (_, at) => ({ message: question(`q${at}`, at === 0 ? null : `q${at - 1}`), branches: [`q${at}`] }));

describe('what is shown of a branch', () => {
  it('is its end, then more of it, then all of it', () => {
    const shown = new ShownSteps(signal('c'), signal(path(150)));
    expect([shown.hidden(), shown.steps()[0]?.message.id]).toEqual([90, 'q90']);
    shown.showEarlier();
    expect(shown.hidden()).toBe(30);
    shown.showAll();
    expect([shown.hidden(), shown.steps().length]).toEqual([0, 150]);
  });

  it('stays while more is said, and begins anew with another conversation', () => {
    const [id, steps] = [signal('c'), signal(path(150))];
    const shown = new ShownSteps(id, steps);
    shown.showAll();
    steps.set(path(152));
    expect(shown.hidden()).toBe(0);
    id.set('d');
    expect(shown.hidden()).toBe(92);
  });

  it('is at least the last turn, of a shorter branch as well', () => {
    const [id, steps] = [signal('c'), signal(path(150))];
    const shown = new ShownSteps(id, steps);
    expect(shown.hidden()).toBe(90);
    steps.set(path(3));
    expect(shown.hidden()).toBe(1);
  });
});
