import { FAULT_CODES } from '@tandem/shared/contracts';
import { errorBodyOf } from './error-body';
import { Fault } from './fault';
import { FAULT_EXAMPLES } from './fault-examples';
import { openAiErrorOf } from './openai-error';

describe('a fault', () => {
  it('is not worth a second try, and blames no field, unless whoever raises it says so', () => {
    const fault = new Fault('conflict', 'It is busy.');
    expect([fault.retryable, fault.param, fault.retryAfterSeconds]).toEqual([false, undefined, undefined]);
  });

  it.each([
    ['queue_full', 503, 1],
    ['rate_limited', 429, 1],
    ['upstream_timeout', 504, undefined],
    ['model_not_found', 404, undefined],
  ] as const)('%s is answered with %d, and says to come back after %p seconds', (code, status, seconds) => {
    const fault = new Fault(code, 'A sentence.');
    expect([fault.status, fault.retryAfterSeconds]).toEqual([status, seconds]);
  });

  it('says when to come back as whoever raises it knows it', () => {
    expect(new Fault('rate_limited', 'Wait.', { retryAfterSeconds: 42 }).retryAfterSeconds).toBe(42);
  });

  it.each([
    ['It is gone.', 'It is gone.'],
    [{ field: 'model', what: 'is gone' }, 'baseline: is gone.'],
  ])('is told of another field as it was of the first', (sentence, message) => {
    const fault = new Fault('queue_full', sentence, { param: 'model', retryable: true, retryAfterSeconds: 7 });
    expect(fault.inField('baseline')).toMatchObject({ code: 'queue_full', message, param: 'baseline', retryable: true, retryAfterSeconds: 7, cause: fault });
  });

  it('keeps what it came of for the log, and out of what a client gets', () => {
    const cause = new Error('/srv/secret is not readable');
    const fault = Fault.from(cause);
    expect(fault).toMatchObject({ code: 'internal_error', status: 500, cause });
    expect(JSON.stringify([errorBodyOf(fault, 'id'), openAiErrorOf(fault)])).not.toContain('secret');
  });

  it('stays itself where it is caught and raised again', () => {
    const fault = new Fault('no_config', 'There is none.');
    expect(Fault.from(fault)).toBe(fault);
  });
});

describe('what a client gets', () => {
  const fault = new Fault('invalid_request', 'top_k: must be an integer.', { param: 'top_k' });

  it('is status, code, sentence, field and request id', () => {
    expect(errorBodyOf(fault, 'r-1')).toEqual({
      status: 'error',
      error: { code: 'invalid_request', message: 'top_k: must be an integer.', retryable: false, param: 'top_k', request_id: 'r-1' },
    });
  });

  it('has no field where none is at fault', () => {
    expect(errorBodyOf(new Fault('forbidden', 'No.'), 'r-1').error).not.toHaveProperty('param');
  });

  it('is in a stream code, sentence and whether to try again', () => {
    expect(new Fault('upstream_idle', 'It fell silent.', { retryable: true, param: 'model' }).toFrameError()).toEqual({
      code: 'upstream_idle',
      message: 'It fell silent.',
      retryable: true,
    });
  });

  it('is below /v1 in the shape that OpenAI’s clients read, with null where no field is at fault', () => {
    expect(openAiErrorOf(fault)).toEqual({
      error: { message: 'top_k: must be an integer.', type: 'invalid_request_error', param: 'top_k', code: 'invalid_request', retryable: false },
    });
    expect(openAiErrorOf(new Fault('forbidden', 'No.')).error.param).toBeNull();
  });

  it.each([
    ['unauthorized', 'authentication_error'],
    ['forbidden', 'permission_error'],
    ['rate_limited', 'rate_limit_error'],
    ['upstream_rate_limited', 'rate_limit_error'],
    ['context_length_exceeded', 'invalid_request_error'],
    ['internal_error', 'server_error'],
    ['upstream_timeout', 'server_error'],
  ] as const)('calls %s a %s there', (code, type) => {
    expect(openAiErrorOf(new Fault(code, 'A sentence.')).error.type).toBe(type);
  });
});

describe('FAULT_EXAMPLES', () => {
  const examples = FAULT_CODES.map((code) => ({ code, ...FAULT_EXAMPLES[code] }));

  it('shows every code once, by a fault of that code', () => {
    expect(Object.keys(FAULT_EXAMPLES).sort()).toEqual([...FAULT_CODES].sort());
    for (const { code, example } of examples) expect(example.code).toBe(code);
  });

  it.each(examples)('$code is a failure by its status, and says so in a sentence', ({ when, example }) => {
    expect(example.status).toBeGreaterThanOrEqual(400);
    expect(example.status).toBeLessThan(600);
    expect(example.message).toMatch(/^\S.*\.$/);
    expect(when).toMatch(/[^.]$/);
  });

  it('says when to come back exactly where the status asks clients to', () => {
    for (const { example } of examples) expect(example.retryAfterSeconds !== undefined).toBe([429, 503].includes(example.status));
  });

  it('blames a server behind Tandem for what one of them did, never the request', () => {
    const upstream = examples.filter(({ code }) => code.startsWith('upstream_') && code !== 'upstream_rate_limited');
    expect(new Set(upstream.map(({ example }) => example.status))).toEqual(new Set([502, 504]));
  });
});
