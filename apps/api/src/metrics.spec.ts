import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach, dial, eventually, exchange, share, until } from '@tandem/testing';
import { startHeldModel } from './testing/held-model';
import { childrenOf } from './testing/processes';
import { startServer } from './testing/start-server';

/** Debian's package `prometheus` has it. */
const PROMTOOL = '/usr/bin/promtool';
const whereThereIs = (path: string) => (existsSync(path) ? it : it.skip);

const closing = closeAfterEach();

async function setup(environment: Record<string, string> = {}, later = closing) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-metrics-'));
  later(() => rm(folder, { recursive: true }));
  const model = await startHeldModel();
  later(() => model.close());
  const models = [
    { name: 'held', endpoint: model.endpoint, protocol: 'openai-chat', model: 'held' },
    { name: 'gone', endpoint: '127.0.0.1:9', protocol: 'openai-chat', model: 'm' },
  ];
  const server = await startServer(folder, { BASELINE_MODELS: JSON.stringify(models), HEALTH_INTERVAL_SECONDS: '1', ...environment });
  later(() => server.stop());
  const post = (body: object) =>
    fetch(`${server.origin}/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ prompt: 'Hi', ...body }) });
  /** The value of one series; undefined where there is none. */
  const value = async (series: string): Promise<number | undefined> => {
    const line = (await (await fetch(`${server.origin}/metrics`)).text()).split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  };
  const untilValue = (series: string, expected: number) => until(async () => (await value(series)) === expected);
  return { server, model, post, value, untilValue };
}

describe('GET /metrics', () => {
  /** For those who count nothing. */
  const shared = share((later) => setup({}, later));

  it('is the Prometheus text format, with a name, a help and a type for everything', async () => {
    const { server } = shared();
    const response = await fetch(`${server.origin}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    const series = lines.filter((line) => !line.startsWith('#'));
    for (const line of series) expect(line).toMatch(/^[a-z_0-9]+(\{([a-z_]+="[^"]*",?)*\})? [-+.\deInfNa]+$/i);
    const typed = new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []));
    for (const line of series) {
      const [name = ''] = /^\w+/.exec(line) ?? [];
      expect([name, name.replace(/_(bucket|sum|count)$/, '')].some((candidate) => typed.has(candidate))).toBe(true);
    }
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'tandem_build_info']) expect(typed).toContain(name);
  });

  it('calls a total what is a counter, and nothing else', async () => {
    const { server } = shared();
    const types = [...(await (await fetch(`${server.origin}/metrics`)).text()).matchAll(/^# TYPE (\S+) (\w+)$/gm)];
    expect(types.filter(([, name = '', type]) => name.endsWith('_total') !== (type === 'counter')).map(([, name]) => name)).toEqual([]);
  });

  whereThereIs(PROMTOOL)('has nothing that promtool finds', async () => {
    const { server, post } = await setup();
    await (await post({ model: 'gone' })).text();
    const text = await (await fetch(`${server.origin}/metrics`)).text();
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });

  it('counts an answer once, however often it is followed, and shows it while it is made', async () => {
    const { server, model, post, value, untilValue } = await setup();
    const answer = await post({ model: 'held', resumable: true });
    await untilValue('tandem_answers_active', 1);
    const again = await fetch(`${server.origin}/stream/${answer.headers.get('x-stream-id')}`);
    model.finish();
    await Promise.all([answer.text(), again.text()]);
    await eventually(async () => {
      expect(await value('tandem_answers_total{model="held",outcome="stop"}')).toBe(1);
      expect(await value('tandem_answers_active')).toBe(0);
      expect(await value('tandem_prompt_tokens_total{model="held"}')).toBe(5);
      expect(await value('tandem_completion_tokens_total{model="held"}')).toBe(2);
      expect(await value('tandem_time_to_first_token_seconds_count{model="held"}')).toBe(1);
      expect(await value('tandem_http_requests_total{route="/stream",method="POST",status="200"}')).toBe(1);
      expect(await value('tandem_http_requests_total{route="/stream/:stream_id",method="GET",status="200"}')).toBe(1);
    });
  });

  it('counts failures of model servers by code and model, and shows how the models are', async () => {
    const { post, untilValue } = await setup();
    await (await post({ model: 'gone' })).text();
    await untilValue('tandem_upstream_errors_total{model="gone",code="upstream_unreachable"}', 1);
    await untilValue('tandem_answers_total{model="gone",outcome="upstream_unreachable"}', 1);
    await untilValue('tandem_model_health{model="gone",status="unhealthy"}', 1);
    await untilValue('tandem_model_health{model="gone",status="healthy"}', 0);
    await untilValue('tandem_model_health{model="held",status="healthy"}', 1);
    await untilValue('tandem_model_resting{model="held"}', 0);
    for (let failure = 1; failure < 5; failure++) await (await post({ model: 'gone' })).text();
    await untilValue('tandem_model_resting{model="gone"}', 1);
  });

  it('has no label that a client can make up', async () => {
    const { server, post, untilValue } = await setup();
    const made = 'made-up-by-a-client';
    await post({ model: made });
    for (const path of [`/${made}`, `/api/models/${made}`, `/stream/${made}`, `/stream?prompt=${made}`]) await fetch(server.origin + path);
    await untilValue('tandem_http_requests_total{route="other",method="GET",status="404"}', 1);
    await untilValue('tandem_http_requests_total{route="/api/models/*id",method="GET",status="404"}', 1);
    expect(await (await fetch(`${server.origin}/metrics`)).text()).not.toContain(made);
  });

  it('counts what was refused before it could be read, and no connection that was only opened', async () => {
    const { server, untilValue, value } = await setup();
    const port = Number(new URL(server.origin).port);
    (await dial(port)).destroy();
    await exchange(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    await exchange(port, 'NONSENSE\r\n\r\n');
    await exchange(port, 'NONSENSE\r\n\r\n');
    await untilValue('tandem_http_requests_total{route="unread",method="other",status="431"}', 1);
    await untilValue('tandem_http_requests_total{route="unread",method="other",status="400"}', 2);
    expect(await value('tandem_http_request_duration_seconds_count{route="unread"}')).toBeUndefined();
  });

  it('says which configuration is in force', async () => {
    const { server, value } = shared();
    const { version } = (await (await fetch(`${server.origin}/api/config`)).json()) as { version: string };
    expect(await value(`tandem_config_info{version="${version}",source="env+default"}`)).toBe(1);
    expect(await value('tandem_config_age_seconds')).toBeGreaterThan(0);
    expect(await value('tandem_config_last_refresh_success')).toBe(1);
    expect(await value('tandem_ready')).toBe(1);
  });

  it('counts how often the engine was lost', async () => {
    const { server, untilValue } = await setup({ CHECKPOINTS_DIR: join(import.meta.dirname, '../../../checkpoints') });
    await untilValue('tandem_engine_up', 1);
    for (const engine of childrenOf(server.pid)) process.kill(engine, 'SIGKILL');
    await untilValue('tandem_engine_restarts_total', 1);
  });
});
