import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { AnswerStatus } from './answer-status';
import { type AnswerState } from './answer-view';

describe('AnswerStatus', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  function show(state: AnswerState) {
    const fixture = TestBed.createComponent(AnswerStatus);
    const become = (next: AnswerState): void => {
      fixture.componentRef.setInput('state', next);
      fixture.detectChanges();
    };
    const after = (ms: number): string => {
      jest.advanceTimersByTime(ms);
      fixture.detectChanges();
      return (fixture.nativeElement as HTMLElement).textContent ?? '';
    };
    become(state);
    return { become, after };
  }

  it('tells for how long nothing has come', () => {
    const { become, after } = show({ kind: 'queued' });
    expect(after(0)).toBe('waiting');
    expect(after(12_300)).toBe('waiting 12 s');
    become({ kind: 'prompt' });
    expect(after(0)).toBe('reading the prompt, 12 s');
    become({ kind: 'streaming' });
    expect(after(5_000)).toBe('streaming');
  });

  it('tells the place in a queue beside it', () => {
    expect(show({ kind: 'queued', position: 2 }).after(3_000)).toBe('queued, 2nd in line, 3 s');
  });
});
