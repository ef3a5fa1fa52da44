import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { errorOf } from './testing/read-answers';
import { shareStreaming } from './testing/start-streaming';

describe('POST /stream', () => {
  const shared = shareStreaming();

  it.each([
    [{ model: 'echo', prompt: '' }, 'prompt', /not blank/],
    [{ model: 'echo', prompt: '  \n' }, 'prompt', /not blank/],
    [{ model: 'echo' }, 'prompt', /not blank/],
    [{ model: 'echo', prompt: null }, 'prompt', /must be text/],
    [{ model: 'echo', prompt: ['a'] }, 'prompt', /must be text/],
    [{ model: 'echo', prompt: 'a'.repeat(1_000_001) }, 'prompt', /1000001 .* 1000000/],
    [{ prompt: 'a' }, 'model', /required/],
    [{ model: ['echo'], prompt: 'a' }, 'model', /required/],
    [{ model: 'echo', prompt: 'a', messages: [{ role: 'user', content: 'b' }] }, 'messages', /together with prompt/],
    [{ model: 'echo', messages: [] }, 'messages', /at least one/],
    [{ model: 'echo', messages: 'a' }, 'messages', /list/],
    [{ model: 'echo', messages: [{ role: 'robot', content: 'b' }] }, 'messages[0].role', /system, user, assistant/],
    [{ model: 'echo', messages: [{ role: 'user', content: '' }] }, 'messages[0].content', /not blank/],
    [{ model: 'echo', messages: ['x'] }, 'messages[0]', /object/],
    [{ model: 'echo', prompt: 'a', temperature: 2.1 }, 'temperature', /from 0 to 2/],
    [{ model: 'echo', prompt: 'a', temperature: null }, 'temperature', /from 0 to 2/],
    [{ model: 'echo', prompt: 'a', top_p: 0 }, 'top_p', /above 0 to 1/],
    [{ model: 'echo', prompt: 'a', top_k: 1.5 }, 'top_k', /integer from 0 to 1000/],
    [{ model: 'echo', prompt: 'a', repetition_penalty: 0 }, 'repetition_penalty', /above 0 to 2/],
    [{ model: 'echo', prompt: 'a', max_tokens: '100' }, 'max_tokens', /integer from 1 to 32768/],
    [{ model: 'echo', prompt: 'a', max_tokens: 0 }, 'max_tokens', /integer from 1 to 32768/],
    [{ model: 'echo', prompt: 'a', seed: 2 ** 53 }, 'seed', /integer from 0 to 9007199254740991/],
    [{ model: 'echo', prompt: 'a', stop: Array(17).fill('x') }, 'stop', /at most 16/],
    [{ model: 'echo', prompt: 'a', stop: ['x'.repeat(257)] }, 'stop', /at most 256/],
    [{ model: 'echo', prompt: 'a', resumable: 'yes' }, 'resumable', /true or false/],
    [{ model: 'echo', prompt: 'a', cache_prompt: 0 }, 'cache_prompt', /true or false/],
    [{ model: 'echo', prompt: 'a', conversation_id: '' }, 'conversation_id', /1 to 128/],
    [{ model: 'echo', prompt: 'a', conversation_id: 'x'.repeat(129) }, 'conversation_id', /1 to 128/],
  ])('refuses %j, naming the field and what it must be', async (body, param, message) => {
    const { post, seen } = shared();
    const response = await post(body);
    const error = await errorOf(response);
    expect([response.status, error.code, error.param]).toEqual([400, 'invalid_request', param]);
    expect(error.message).toMatch(message);
    expect(error.request_id).toBe(response.headers.get('x-request-id'));
    expect(seen).toEqual([]);
  });

  it.each(['endpoint', 'api_base', 'headers', 'apiKey', 'n'])('refuses the unknown field %s', async (field) => {
    const { post } = shared();
    const response = await post({ model: 'echo', prompt: 'a', [field]: 'x' });
    const error = await errorOf(response);
    expect([response.status, error.code, error.param]).toEqual([400, 'unknown_field', field]);
  });

  it('knows no model but the configured ones', async () => {
    const { post } = shared();
    const response = await post({ model: '../../etc/passwd', prompt: 'a' });
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatchObject({ code: 'model_not_found', param: 'model', retryable: false });
  });

  it.each([
    ['{"model":', 400, 'invalid_json'],
    ['[]', 400, 'invalid_json'],
    ['"text"', 400, 'invalid_json'],
    ['null', 400, 'invalid_json'],
  ])('refuses the body %s', async (body, status, code) => {
    const { post } = shared();
    const response = await post(body);
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
  });
});

describe('GET /stream', () => {
  const shared = shareStreaming();

  it.each([
    ['model=echo&model=echo&prompt=a', 'model'],
    ['model=echo&prompt=a&prompt=b', 'prompt'],
    ['model=echo&prompt=a&temperature=1&temperature=2', 'temperature'],
    ['model=echo&prompt=a&temperature=', 'temperature'],
    ['model=echo&prompt=a&max_tokens=1e999', 'max_tokens'],
    ['model=echo&prompt=a&top_k=NaN', 'top_k'],
    ['model=echo&prompt=a&seed=x', 'seed'],
    ['model=echo&prompt=', 'prompt'],
    ['prompt=a', 'model'],
  ])('refuses %s', async (query, param) => {
    const { origin } = shared();
    const response = await fetch(`${origin}/stream?${query}`);
    expect([response.status, (await errorOf(response)).param]).toEqual([400, param]);
  });
});

describe('any route', () => {
  const shared = shareStreaming();

  it.each([
    ['/nothing/here', 404, 'not_found'],
    ['/stream/%zz', 400, 'invalid_request'],
  ])('answers %s in the one error shape', async (path, status, code) => {
    const { origin } = shared();
    const response = await fetch(origin + path);
    const error = await errorOf(response);
    expect([response.status, error.code]).toEqual([status, code]);
    expect(JSON.stringify(error)).not.toMatch(/node_modules|\.js:/);
  });

  it('lives on after a client that sends half a request', async () => {
    const { port, post } = shared();
    const half = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/stream',
      headers: { 'Content-Type': 'application/json', 'Content-Length': 100 },
    });
    half.on('error', () => undefined);
    half.write('{"model"');
    await once(half, 'socket');
    half.destroy();
    expect((await post({ model: 'echo', prompt: 'a' })).status).toBe(200);
  });
});
