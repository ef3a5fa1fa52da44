import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { countUnseenEnds } from './unseen-ends';

function setup() {
  let isHidden = false;
  jest.spyOn(Document.prototype, 'hidden', 'get').mockImplementation(() => isHidden);
  const running = signal<ReadonlySet<string>>(new Set());
  const count = TestBed.runInInjectionContext(() => countUnseenEnds(running));
  const run = (...ids: string[]): void => {
    running.set(new Set(ids));
    TestBed.tick();
  };
  const hide = (hidden: boolean): void => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { count, run, hide };
}

describe('countUnseenEnds', () => {
  afterEach(() => jest.restoreAllMocks());

  it('counts what ends while the page is hidden, until it is looked at', () => {
    const { count, run, hide } = setup();
    run('a', 'b');
    hide(true);
    run('b');
    expect(count()).toBe(1);
    run();
    expect(count()).toBe(2);
    hide(false);
    expect(count()).toBe(0);
  });

  it('does not count what somebody saw end, or what begins', () => {
    const { count, run, hide } = setup();
    run('a');
    run();
    hide(true);
    run('b');
    expect(count()).toBe(0);
  });
});
