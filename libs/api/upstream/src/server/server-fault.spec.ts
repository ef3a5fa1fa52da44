import { faultOfServer, retrySeconds } from './server-fault';
import { quoteServer } from './server-words';

const facts = { host: 'h:8000', hasKey: true, secrets: [] };

describe('faultOfServer', () => {
  it.each([
    [400, 'bad', 'upstream_rejected', false],
    [400, "This model's maximum context length is 4096 tokens", 'context_length_exceeded', false],
    [401, 'Invalid API Key', 'upstream_auth', false],
    [403, '', 'upstream_auth', false],
    [404, 'The model does not exist', 'upstream_rejected', false],
    [408, '', 'upstream_timeout', true],
    [413, '', 'upstream_rejected', false],
    [422, 'field required', 'upstream_rejected', false],
    [429, 'slow down', 'upstream_rate_limited', true],
    [500, 'boom', 'upstream_error', true],
    [502, '', 'upstream_error', true],
    [503, 'Loading model', 'upstream_error', true],
    [504, '', 'upstream_timeout', true],
    [529, 'overloaded', 'upstream_error', true],
  ])('maps HTTP %d "%s" to %s', (status, message, code, retryable) => {
    expect(faultOfServer({ status, message }, facts)).toMatchObject({
      code,
      retryable,
      message: expect.stringContaining('h:8000'),
    });
  });

  it.each([
    [{ message: 'engine died' }, 'upstream_error'],
    [{ message: 'too long', type: 'exceed_context_size_error' }, 'context_length_exceeded'],
    [{ message: 'wait', type: 'rate_limit_exceeded' }, 'upstream_rate_limited'],
  ])('judges a failure without a status by its words: %p', (failure, code) => {
    expect(faultOfServer(failure, facts).code).toBe(code);
  });

  it('tells a refused key from a missing one', () => {
    expect(faultOfServer({ status: 401, message: '' }, facts).message).toContain('refused the key');
    expect(faultOfServer({ status: 401, message: '' }, { ...facts, hasKey: false }).message).toContain('wants a key');
  });
});

describe('retrySeconds', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');

  it.each([
    ['7', 7],
    ['0', 1],
    ['0.4', 1],
    ['86400', 300],
    ['1e9', 5],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30],
    ['Fri, 20 Nov 2020 10:00:30 GMT', 1],
    ['soon', 5],
    ['', 5],
  ])('takes %p for %d', (header, expected) => {
    expect(retrySeconds(header, now)).toBe(expected);
  });
});

describe('quoteServer', () => {
  it('makes one short line of it', () => {
    expect(quoteServer('a\r\n\tb\u0000c', [])).toBe('a b c');
    expect(quoteServer('x'.repeat(1_000), [])).toHaveLength(201);
  });

  it('repeats neither key nor prompt', () => {
    expect(quoteServer('Incorrect key sk-canary for: tell me a secret', ['sk-canary', 'tell me a secret'])).toBe('Incorrect key … for: …');
  });

  it('repeats no beginning of what it did not read to its end', () => {
    const prompt = 'tell me a secret, '.repeat(100);
    expect(quoteServer(`Too long: ${prompt.repeat(3)}`, [prompt])).toBe('Too long:');
    const short = 'tell me a secret';
    expect(quoteServer(`${' '.repeat(990)}${short}`.padEnd(2_000), [short])).toBe('');
    expect(quoteServer(`${' '.repeat(980)}${short}`.padEnd(2_000), [short])).toBe('…');
  });
});
