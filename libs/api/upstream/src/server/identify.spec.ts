import { identify, versionRouteOf } from './identify';
import type { ProbeAnswer } from './probe-answer';

const answer = (body: unknown, status = 200): ProbeAnswer => ({
  kind: 'answer',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  isPage: false,
  server: '',
});
const list = (...data: object[]) => answer({ object: 'list', data });

const VLLM = { id: 'base', object: 'model', owned_by: 'vllm', root: '/models/Base-8B', parent: null, max_model_len: 8192 };
const LORA = { id: 'tuned', object: 'model', owned_by: 'vllm', root: '/loras/tuned', parent: 'base' };
const LLAMA = { id: 'tiny', object: 'model', owned_by: 'llamacpp', meta: { n_ctx_train: 32_768 } };
const PROPS = { default_generation_settings: { n_ctx: 4096 }, model_path: '/models/tiny.gguf', build_info: 'b4000-abc' };

describe('identify', () => {
  it.each([
    ['vLLM', list(VLLM), answer({ version: '0.9.1' }), undefined, { model: 'base', server: 'vLLM', version: '0.9.1', context_length: 8192, base: 'Base-8B' }],
    [
      'a LoRA of vLLM',
      list(VLLM, LORA),
      answer({ version: '0.9.1' }),
      'tuned',
      { model: 'tuned', server: 'vLLM', version: '0.9.1', context_length: null, base: 'base' },
    ],
    [
      "llama.cpp's server",
      list(LLAMA),
      answer(PROPS),
      undefined,
      { model: 'tiny', server: 'llama.cpp', version: 'b4000-abc', context_length: 4096, base: null },
    ],
    ['a server that says no more than a name', list({ id: 'm' }), null, 'm', { model: 'm', server: null, version: null, context_length: null, base: null }],
    [
      'Ollama',
      list({ id: 'llama3:latest', object: 'model', owned_by: 'library' }),
      answer({ version: '0.12.3' }),
      'llama3',
      { model: 'llama3:latest', server: 'Ollama', version: '0.12.3', context_length: null, base: null },
    ],
    [
      'a server whose version route is closed',
      list(LLAMA),
      answer('no', 403),
      undefined,
      { model: 'tiny', server: 'llama.cpp', version: null, context_length: null, base: null },
    ],
  ])('reads what %s says of itself', (_, models, version, asked, identity) => {
    expect(identify(models, version, asked === undefined ? {} : { model: asked })).toEqual(identity);
  });

  it.each([
    ['lists another model', list({ id: 'other' }), 'm'],
    ['lists nothing', list(), undefined],
    ['refuses the list', answer('{}', 401), undefined],
    ['answers with a page', { ...answer('<html>'), isPage: true } as ProbeAnswer, undefined],
    ['cannot be reached', { kind: 'unreachable', fault: new Error() } as never, undefined],
  ])('says nothing of a server that %s', (_, models, asked) => {
    expect(identify(models, null, asked === undefined ? {} : { model: asked })).toBeNull();
  });

  it('takes the configuration at its word where it names the kind of server', () => {
    const models = list({ id: 'org/model', object: 'model', owned_by: 'org/model' });
    const info = answer({ model_id: 'org/model', version: '3.3.6', max_total_tokens: 8192, max_concurrent_requests: 128 });
    expect(versionRouteOf(models, 'tgi')).toBe('/info');
    expect(identify(models, info, { protocol: 'tgi' })).toEqual({ model: 'org/model', server: 'TGI', version: '3.3.6', context_length: 8192, base: null });
    expect(identify(models, info, {})).toMatchObject({ server: null });
  });

  it('asks for a version only where the route is known', () => {
    expect([list(VLLM), list(LLAMA), list({ id: 'm', owned_by: 'me' })].map((models) => versionRouteOf(models))).toEqual(['/version', '/props', null]);
  });
});
