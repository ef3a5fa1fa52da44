import { describeError } from './describe-error';
import { bodyTooLarge, otherMethod, tooManyRequests, unknownField, unknownHost, unknownModel } from './request-faults';

describe('what is said to a client about its request', () => {
  it('names the field that is not known, as far as that can be shown', () => {
    expect(unknownField('temprature')).toMatchObject({ code: 'unknown_field', param: 'temprature' });
    expect(unknownField('x'.repeat(5_000)).param).toHaveLength(100);
  });

  it.each([
    [4 * 1024, '4096 bytes (4 KiB)'],
    [8 * 1024 * 1024, '8388608 bytes (8 MiB)'],
  ])('says how much is taken: %d bytes', (bytes, words) => {
    expect(bodyTooLarge(bytes).message).toContain(words);
  });

  it('names the host that is not this server, and the setting that would make it one', () => {
    expect(unknownHost('tandem.example').message).toMatch(/"tandem\.example".*ALLOWED_HOSTS/);
  });

  it('names the methods that an address takes', () => {
    expect(otherMethod('PUT', 'GET, HEAD').message).toContain('does not take PUT. It takes GET, HEAD');
  });

  it('says when to come back where too much was asked', () => {
    expect(tooManyRequests(60, 7)).toMatchObject({ status: 429, retryable: true, retryAfterSeconds: 7 });
  });

  it('names the models that there are, up to twenty, and how many more', () => {
    const ids = Array.from({ length: 23 }, (_, index) => `m${index}`);
    expect(unknownModel('gpt', ids.slice(0, 2)).message).toBe('No model has the id, name or endpoint "gpt". Known models: m0, m1.');
    expect(unknownModel('gpt', ids).message).toMatch(/m19, and 3 more\.$/);
    expect(unknownModel('gpt', []).message).toContain('No model is configured.');
  });

  it('shows what was asked for on one line and not at length, whatever it was', () => {
    expect(unknownModel(`a\nb${'x'.repeat(5_000)}`, []).message).toMatch(/^No model has the id, name or endpoint "a\\nbx{97}…"\. /);
  });
});

describe('describeError', () => {
  it('tells a log kind, sentence, code, stack and causes, and nothing else that hangs on an error', () => {
    const request = { headers: { authorization: 'Bearer secret' } };
    const thrown = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: 'EBAD', request });
    expect(describeError(thrown)).toEqual({
      type: 'TypeError',
      message: 'outer',
      code: 'EBAD',
      stack: thrown.stack,
      cause: { type: 'Error', message: 'inner', stack: (thrown.cause as Error).stack },
    });
  });

  it('follows causes only so far, even in a circle', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(JSON.stringify(describeError(circle)).match(/"message":"round"/g)).toHaveLength(5);
  });

  it('shows what is no error as text, cut', () => {
    expect(describeError('x'.repeat(1_000))).toEqual({ message: 'x'.repeat(500) });
  });
});
