import { jest } from '@jest/globals';
import type { MessageEvent } from '@nestjs/common';
import { Subject } from 'rxjs';
import { keptAlive } from './keep-alive';

function setup() {
  jest.useFakeTimers();
  const source = new Subject<MessageEvent>();
  const seen: unknown[] = [];
  const subscription = keptAlive(source).subscribe((event) => seen.push((event as { comment?: string }).comment ?? event.data));
  return { source, seen, subscription };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('keptAlive', () => {
  it('sends a comment before anything else happens', () => {
    const { seen } = setup();
    expect(seen).toEqual(['tandem']);
  });

  it('sends a ping after every 15 seconds of silence, counted from the last event', () => {
    const { source, seen } = setup();
    jest.advanceTimersByTime(14_000);
    source.next({ data: 'a' });
    jest.advanceTimersByTime(14_999);
    expect(seen).toEqual(['tandem', 'a']);
    jest.advanceTimersByTime(1);
    jest.advanceTimersByTime(15_000);
    expect(seen).toEqual(['tandem', 'a', 'ping', 'ping']);
  });

  it.each([
    ['completes', ({ source }: ReturnType<typeof setup>) => source.complete()],
    ['is left', ({ subscription }: ReturnType<typeof setup>) => subscription.unsubscribe()],
  ])('leaves no timer behind when the stream %s', (_, finish) => {
    const bag = setup();
    finish(bag);
    expect(jest.getTimerCount()).toBe(0);
  });
});
