import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatEvent, chunk, type Closing, EVENT_STREAM_HEAD, LAST_CHUNK, share, startMisbehavingServer, until } from '@tandem/testing';
import { describeWithNginx, type Nginx, startDefaultNginx, startNginx } from './testing/nginx';
import { startServer } from './testing/start-server';

const TOKENS = 20;
const COMPRESSING = 'gzip on; gzip_proxied any; gzip_min_length 0; gzip_types *;';
/** nginx in front of Tandem, in front of a model server that says a token when the test says so. */
async function setup(start: (tandem: number) => Promise<Nginx>, later: Closing) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-nginx-stream-'));
  later(() => rm(folder, { recursive: true }));
  const model = await startMisbehavingServer((connection, request) => (request.startsWith('POST') ? connection.write(EVENT_STREAM_HEAD) : connection.close()));
  later(() => model.close());
  const entry = { id: 'm', name: 'M', endpoint: `127.0.0.1:${model.port}`, protocol: 'openai-chat', model: 'm' };
  const server = await startServer(folder, {
    BASELINE_MODELS: JSON.stringify([entry]),
    TWODELTA_MODELS: '[]',
    HEALTH_INTERVAL_SECONDS: '86400',
    SHUTDOWN_GRACE_SECONDS: '0',
  });
  later(() => server.stop());
  const nginx = await start(Number(new URL(server.origin).port));
  later(() => nginx.close());
  const prompts = () => model.requests.filter((request) => request.startsWith('POST'));
  const ask = async (path: string, init: RequestInit = {}) => {
    const [before, earlier] = [model.requests.length, prompts().length];
    const response = fetch(nginx.origin + path, init);
    const reader = response.then(({ body }) => body!.pipeThrough(new TextDecoderStream()).getReader());
    let got = '';
    const untilGot = async (what: string) => {
      while (!got.includes(what)) {
        const { value, done } = await (await reader).read();
        if (done) throw new Error(`It ended without ${what}: ${got.slice(-300)}`);
        got += value;
      }
    };
    await until(() => prompts().length > earlier);
    const connection = await model.arrival(model.requests.findIndex((request, n) => n >= before && request.startsWith('POST')) + 1);
    const say = (text: string, end: string | null = null) => connection.write(chunk(chatEvent(text, end)));
    return { response, untilGot, say, finish: () => connection.write(LAST_CHUNK) };
  };
  return { ask, prompts, origin: nginx.origin };
}

const openAi: RequestInit = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] }),
};

describeWithNginx('behind nginx', () => {
  describe.each<[string, (tandem: number) => Promise<Nginx>, string | null]>([
    ['as it comes, which buffers', (tandem) => startDefaultNginx(tandem), null],
    ['that compresses whatever it can', (tandem) => startDefaultNginx(tandem, COMPRESSING), 'gzip'],
    ['with the configuration for two replicas', (tandem) => startNginx([tandem, tandem]), null],
  ])('%s', (_, start, encoding) => {
    const shared = share((later) => setup(start, later));

    it.each<[string, string, RequestInit]>([
      ['GET /stream', '/stream?model=m&prompt=x', {}],
      ['POST /v1/chat/completions', '/v1/chat/completions', openAi],
    ])('the tokens of %s come one by one: each is there before the next is made', async (__, path, init) => {
      const { ask } = shared();
      const { response, untilGot, say, finish } = await ask(path, init);
      for (let token = 0; token < TOKENS; token++) {
        await say(`token-${token};`);
        await untilGot(`token-${token};`);
      }
      await say('the end', 'stop');
      await finish();
      await untilGot('the end');
      expect([(await response).status, (await response).headers.get('content-encoding')]).toEqual([200, encoding]);
    });

    it('what hurts is refused as it is without it, and the model server hears of nothing', async () => {
      const { origin, prompts } = shared();
      const before = prompts();
      const statusOf = async (path: string, init: RequestInit) => {
        const response = await fetch(origin + path, init);
        await response.body?.cancel();
        return response.status;
      };
      const foreign = { Origin: 'https://evil.example' };
      expect(await statusOf('/stream?model=m&prompt=x', { headers: foreign })).toBe(403);
      expect(await statusOf('/stream', { ...openAi, headers: { ...openAi.headers, ...foreign } })).toBe(403);
      expect(await statusOf('/stream?model=m&prompt=x', { method: 'HEAD' })).toBe(405);
      const items = (count: number) => `{"model":"m","messages":[${Array<string>(count).fill('{}').join()}]}`;
      for (const body of [items(300_000), '['.repeat(900_000), `{${Array.from({ length: 60_000 }, (_, n) => `"f${n}":0`).join()}}`]) {
        expect(await statusOf('/stream', { ...openAi, body })).toBe(400);
        expect(await statusOf('/v1/chat/completions', { ...openAi, body })).toBe(400);
        expect(await statusOf('/api/session', { ...openAi, body })).toBe(413);
      }
      expect(prompts()).toEqual(before);
    });
  });
});
