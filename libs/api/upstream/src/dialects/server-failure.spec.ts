import { readFailure } from './server-failure';

describe('readFailure', () => {
  it.each([
    ['OpenAI', { error: { message: 'no', type: 'invalid_request_error', param: 'top_k', code: null } }, { message: 'no', type: 'invalid_request_error top_k' }],
    ['a status as code', { error: { message: 'no', code: 503 } }, { message: 'no', status: 503 }],
    ['a status as text', { error: { message: 'no', code: '429' } }, { message: 'no', status: 429, type: '429' }],
    ['a code alone', { error: { code: 500 } }, { message: 'no reason given', status: 500 }],
    ['a text', { error: 'no' }, { message: 'no' }],
    ['a text with its type', { error: 'no', error_type: 'generation' }, { message: 'no', type: 'generation' }],
    ['a flat error', { object: 'error', message: 'no', code: 400 }, { message: 'no', status: 400 }],
    ['a typed error', { type: 'error', message: 'no' }, { message: 'no', type: 'error' }],
    ['a FastAPI detail', { detail: 'Not Found' }, { message: 'Not Found' }],
    [
      'a FastAPI validation error, without the input',
      { detail: [{ loc: ['body', 'top_k'], msg: 'extra fields not permitted', input: 'my secret prompt' }] },
      { message: 'top_k: extra fields not permitted', status: 422 },
    ],
  ])('reads %s', (_, document, expected) => {
    expect(readFailure(document)).toEqual(expected);
  });

  it.each([
    ['error null', { error: null }],
    ['an empty error', { error: '' }],
    ['error false', { error: false }],
    ['an empty object', { error: {} }],
    ['a chunk with a detail of its own', { choices: [], detail: 'x' }],
    ['an empty detail', { detail: [] }],
    ['nothing of the kind', { id: 'x' }],
  ])('finds none in %s', (_, document) => {
    expect(readFailure(document)).toBeNull();
  });
});
