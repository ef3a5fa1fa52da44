import type { TokenLogprob } from '@tandem/shared/contracts';
import { LogprobLedger } from './logprob-ledger';

const token = (text: string): TokenLogprob => ({ token: text, logprob: -1, bytes: null, top_logprobs: [] });

describe('LogprobLedger', () => {
  it('gives a token out with the last of its text', () => {
    const ledger = new LogprobLedger();
    for (const text of ['ab', 'cd', 'ef']) ledger.push(token(text), text.length);
    expect(ledger.release(3).map(({ token: text }) => text)).toEqual(['ab']);
    expect(ledger.release(3).map(({ token: text }) => text)).toEqual(['cd', 'ef']);
  });

  it('gives the parts of one character out together', () => {
    const ledger = new LogprobLedger();
    ledger.push(token('a'), 1);
    expect(ledger.release(1)).toHaveLength(1);
    for (const characters of [0, 0, 2]) ledger.push(token('part'), characters);
    expect(ledger.release(2)).toHaveLength(3);
  });

  it('keeps what never goes out', () => {
    const ledger = new LogprobLedger();
    ledger.push(token('a'), 1);
    ledger.push(token('STOP'), 4);
    expect(ledger.release(1).map(({ token: text }) => text)).toEqual(['a']);
    expect(ledger.release(0)).toEqual([]);
  });
});
