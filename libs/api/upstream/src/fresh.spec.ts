import { collect, completionRequest } from '@tandem/api/completion/testing';
import { chatEvent, chunk, closeAfterEach, event, EVENT_STREAM_HEAD, LAST_CHUNK, patient, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import type { Protocol } from '@tandem/shared/contracts';
import { UpstreamClient } from './connection/upstream-client';
import { RemoteSource } from './source/remote-source';
import { UNHURRIED } from './testing/unhurried';

type Body = Readonly<Record<string, unknown>>;
const closeLater = closeAfterEach();
const good = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]);
const bodyOf = (request: string): Body => JSON.parse(request.split('\r\n\r\n')[1] || 'null') as Body;

/** A server whose models are of that owner, and that refuses what it is told not to know. */
async function setup(owner: string, { protocol = 'openai-chat', refused }: { readonly protocol?: Protocol; readonly refused?: string } = {}) {
  const server = await startMisbehavingServer((connection, request) => {
    if (request.startsWith('GET')) return connection.write(wholeResponse(200, 'application/json', JSON.stringify({ data: [{ id: 'm', owned_by: owner }] })));
    const isRefused = refused !== undefined && refused in bodyOf(request);
    const message = `Unknown parameter: '${refused}'.`;
    return connection.write(isRefused ? wholeResponse(400, 'application/json', JSON.stringify({ error: { message, param: refused } })) : good);
  });
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol }, client);
  const complete = (isFresh?: true) => source.complete({ ...completionRequest('Hi'), ...(isFresh ? { isFresh } : {}) }, collect(), patient());
  const bodies = () => server.requests.filter((request) => request.startsWith('POST')).map(bodyOf);
  return { complete, bodies };
}

describe('a prompt of which nothing is to be known from before', () => {
  it('has a salt of its own each time for vLLM, and none where that was not asked for', async () => {
    const { complete, bodies } = await setup('vllm');
    await expect(complete(true)).resolves.toEqual({ finishReason: 'stop' });
    await complete(true);
    await complete();
    const [one, other, last] = bodies().map((body) => body['cache_salt']);
    expect([typeof one, typeof other, last]).toEqual(['string', 'string', undefined]);
    expect(one).not.toBe(other);
  });

  it('is always one for llama-server', async () => {
    const { complete, bodies } = await setup('llamacpp', { protocol: 'llama-server' });
    await expect(complete(true)).resolves.toEqual({ finishReason: 'stop' });
    expect(bodies()[0]).toMatchObject({ cache_prompt: false });
  });

  it.each([
    ['sglang', {}],
    ['openai', {}],
    ['vllm', { refused: 'cache_salt' }],
  ])('is said to be ignored where it cannot be asked for: %s %j', async (owner, options) => {
    const { complete, bodies } = await setup(owner, options);
    await expect(complete(true)).resolves.toEqual({ finishReason: 'stop', ignoredParameters: ['cache_prompt'] });
    expect(bodies().at(-1)).not.toHaveProperty('cache_salt');
    await expect(complete()).resolves.toEqual({ finishReason: 'stop' });
  });
});
