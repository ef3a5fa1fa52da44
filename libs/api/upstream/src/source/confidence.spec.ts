import { jest } from '@jest/globals';
import { Fault } from '@tandem/api/faults';
import { closeAfterEach } from '@tandem/testing';
import { holdClock } from '../testing/hold-clock';
import { Confidence } from './confidence';

const closeLater = closeAfterEach();
const BROKEN = new Fault('upstream_error', 'It failed.', { retryable: true });

const failing = (fault: Fault) => () => ({ result: Promise.reject<string>(fault), firstWord: new Promise(() => undefined), isUnproved: () => false });
const answering = () => ({ result: Promise.resolve('said'), firstWord: Promise.resolve(), isUnproved: () => false });

beforeEach(() => closeLater(holdClock()));

function setClock(days: number): void {
  const jumped = Date.now() + days * 86_400_000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(jumped);
  closeLater(() => clock.mockRestore());
}

describe.each([3, -3])('Confidence, when the clock of the machine jumps by %d days', (days) => {
  it('lets a server rest for as long as it meant to', async () => {
    const confidence = new Confidence('host:1', { failures: 1, restMs: 60_000 });
    await expect(confidence.try(failing(BROKEN))).rejects.toBe(BROKEN);
    setClock(days);
    expect(() => confidence.check()).toThrow(expect.objectContaining({ code: 'upstream_error', retryAfterSeconds: 60 }));
  });

  it('tries a server again that has rested', async () => {
    const confidence = new Confidence('host:1', { failures: 1, restMs: 0 });
    await expect(confidence.try(failing(BROKEN))).rejects.toBe(BROKEN);
    setClock(days);
    await expect(confidence.try(answering)).resolves.toBe('said');
    expect(confidence.trouble).toBeNull();
  });

  it('keeps the pause that a server asked for', async () => {
    const confidence = new Confidence('host:1');
    const busy = new Fault('upstream_rate_limited', 'Too many.', { retryable: true, retryAfterSeconds: 20 });
    await expect(confidence.try(failing(busy))).rejects.toBe(busy);
    setClock(days);
    expect(() => confidence.check()).toThrow(expect.objectContaining({ code: 'upstream_rate_limited', retryAfterSeconds: 20 }));
  });
});
