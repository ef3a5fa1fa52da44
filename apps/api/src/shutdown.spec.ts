import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, StreamFrame } from '@tandem/shared/contracts';
import { closeAfterEach, dial, received, startMisbehavingServer, until } from '@tandem/testing';
import { startHeldModel } from './testing/held-model';
import { childrenOf, isAlive } from './testing/processes';
import { startServer } from './testing/start-server';

const closing = closeAfterEach();

async function setup(environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-shutdown-'));
  closing(() => rm(folder, { recursive: true }));
  const model = await startHeldModel();
  closing(() => model.close());
  const models = JSON.stringify([{ name: 'held', endpoint: model.endpoint }]);
  // longer than a test may take: who waits for what never ends does not end in time
  const server = await startServer(folder, { BASELINE_MODELS: models, SHUTDOWN_GRACE_SECONDS: '600', ...environment });
  closing(async () => {
    server.signal('SIGKILL');
    await server.exit;
  });
  const get = (path: string, init: RequestInit = {}) => fetch(server.origin + path, init);
  const ask = (more: object = {}) =>
    get('/stream', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model: 'held', prompt: 'Hi', ...more }) });
  const isReady = async () => (await get('/readyz')).status === 200;
  return { server, model, get, ask, isReady };
}

/** The frames of a stream: those until its first token, then the rest. */
async function begun(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('So ')) text += (await reader.read()).value ?? '';
  const rest = async (): Promise<StreamFrame[]> => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += piece.value;
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
  };
  return { id: response.headers.get('x-stream-id') ?? '', rest, leave: () => reader.cancel() };
}

async function refusal(response: Response) {
  const { error } = (await response.json()) as ErrorBody;
  return { status: response.status, code: error.code, retryable: error.retryable, connection: response.headers.get('connection') };
}

const REFUSED = { status: 503, code: 'server_restarting', retryable: true, connection: 'close' };

describe('a server that is told to leave', () => {
  it('does not wait for connections on which nothing was asked', async () => {
    const { server } = await setup();
    const silent = connect(Number(new URL(server.origin).port), '127.0.0.1');
    closing(() => void silent.destroy());
    await once(silent, 'connect');
    server.signal('SIGTERM');
    expect(await server.exit).toBe(0);
  });

  it('lets running answers end, is not ready, takes nothing new, and exits with 0', async () => {
    const { server, model, get, ask, isReady } = await setup();
    const answer = await begun(await ask());
    await until(async () => /"model":"held"[^}]*"checked_at":"/.test(await (await get('/api/health')).text()));
    const health = await get('/api/health/stream');
    const checkpoints = await get('/api/checkpoints/stream');
    server.signal('SIGTERM');
    await until(async () => !(await isReady()));
    expect(await refusal(await get('/readyz'))).toEqual(REFUSED);
    const refused = await ask();
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refusal(refused)).toEqual(REFUSED);
    expect((await get('/healthz')).status).toBe(200);
    expect(await health.text()).toContain('"model":"held"');
    expect(await checkpoints.text()).toContain(': tandem');
    expect(await refusal(await get('/api/health/stream'))).toEqual(REFUSED);
    expect(model.cut()).toBe(0);
    model.finish();
    expect((await answer.rest()).at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
    expect(await server.exit).toBe(0);
    expect(model.asked()).toBe(1);
  });

  it('gives a client that comes back the rest of its answer', async () => {
    const { server, model, get, ask, isReady } = await setup();
    const answer = await begun(await ask({ resumable: true }));
    server.signal('SIGTERM');
    await until(async () => !(await isReady()));
    await answer.leave();
    const again = await begun(await get(`/stream/${answer.id}`));
    model.finish();
    expect((await again.rest()).map(({ token }) => token).join('')).toBe('So far');
    expect(await server.exit).toBe(0);
  });

  it('answers what else it was asked, however long that takes', async () => {
    const silent = await startMisbehavingServer(() => undefined);
    closing(() => silent.close());
    const { server } = await setup({ TWODELTA_MODELS: JSON.stringify([{ name: 'silent', endpoint: silent.url.host, protocol: 'openai-chat' }]) });
    const socket = await dial(Number(new URL(server.origin).port));
    closing(() => void socket.destroy());
    const answers = received(socket);
    const request = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
    socket.write(request('/healthz') + request('/health-check?model=silent', 'Connection: close\r\n'));
    // where one is answered the other has been read
    await once(socket, 'data');
    server.signal('SIGTERM');
    const body = (await answers).split('\r\n\r\n').at(-1) ?? '';
    expect(JSON.parse(body)).toMatchObject({ model: 'silent', healthy: false });
    expect(await server.exit).toBe(0);
  });

  it('hands an answer that does not end in time the error to try again, behind the text so far', async () => {
    const { server, model, ask } = await setup({ SHUTDOWN_GRACE_SECONDS: '1' });
    const answer = await begun(await ask());
    server.signal('SIGTERM');
    const frames = await answer.rest();
    expect(frames.map(({ token }) => token).join('')).toBe('So ');
    expect(frames.at(-1)).toMatchObject({ done: true, error: { code: 'server_restarting', retryable: true } });
    expect(await server.exit).toBe(0);
    await until(() => model.cut() === 1);
  });

  it('still takes requests for as long as load balancers need to notice', async () => {
    const { server, model, ask, isReady } = await setup({ SHUTDOWN_DELAY_SECONDS: '8' });
    model.finish();
    server.signal('SIGTERM');
    await until(async () => !(await isReady()));
    const answer = await ask();
    expect(answer.headers.get('x-stream-id')).not.toBeNull();
    expect((await (await begun(answer)).rest()).at(-1)).toMatchObject({ finish_reason: 'stop' });
    expect(await server.exit).toBe(0);
  });

  it('leaves within seconds on Ctrl+C, even where that arrives twice', async () => {
    const { server, ask } = await setup();
    const answer = await begun(await ask());
    server.signal('SIGINT');
    server.signal('SIGINT');
    expect((await answer.rest()).at(-1)).toMatchObject({ error: { code: 'server_restarting' } });
    expect(await server.exit).toBe(0);
  });

  it('exits at once on a second signal, and its engine with it', async () => {
    const { server, ask } = await setup({ CHECKPOINTS_DIR: join(import.meta.dirname, '../../../checkpoints') });
    await until(() => childrenOf(server.pid).length > 0);
    const engines = childrenOf(server.pid);
    await begun(await ask());
    server.signal('SIGTERM');
    const impatience = setInterval(() => server.signal('SIGTERM'), 50);
    closing(() => clearInterval(impatience));
    expect(await server.exit).toBe(143);
    await until(() => !engines.some(isAlive));
  });
});
