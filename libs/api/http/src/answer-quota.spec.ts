import { AnswerQuota } from './answer-quota';
import type { Client } from './client';

const clientOf = (key: string): Client => ({ key, owner: key, role: 'anyone' });

describe('AnswerQuota', () => {
  it('lets each client have so many answers at once, and one more for each that ends, once', () => {
    const quota = new AnswerQuota();
    quota.limit = 2;
    const [one, other] = [clientOf('one'), clientOf('other')];
    const [giveBack] = [quota.take(one), quota.take(one)];
    expect(() => quota.take(one)).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 1 }));
    expect(() => quota.take(other)).not.toThrow();
    giveBack?.();
    giveBack?.();
    quota.take(one);
    expect(() => quota.check(one)).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  });

  it('lets everyone have as many as they like where there is no limit', () => {
    const quota = new AnswerQuota();
    for (let number = 0; number < 1_000; number += 1) quota.take(clientOf('one'));
    expect(() => quota.check(clientOf('one'))).not.toThrow();
  });
});
