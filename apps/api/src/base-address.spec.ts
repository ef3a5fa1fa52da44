import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { type RunningServer, startServer } from './testing/start-server';

describe('a client whose base address lacks /v1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-base-address-'));
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(folder, { ACCESS_TOKENS: 'a-right-token', BASELINE_MODELS: JSON.stringify([{ name: 'elsewhere', endpoint: '127.0.0.1:9' }]) });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const get = (accept: string) => fetch(`${server.origin}/models?x=1`, { headers: { Accept: accept } });

  it('is given the list of models, where its token is right', async () => {
    const client = new OpenAI({ baseURL: server.origin, apiKey: 'a-right-token' });
    expect((await client.models.list()).data.map(({ id }) => id)).toContain('elsewhere');
    const refused = await get('application/json');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
  });

  it.each(['text/html', '*/*', 'text/html,application/xhtml+xml,*/*;q=0.8'])('is shown the page where it takes %s', async (accept) => {
    const answer = await get(accept);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});
