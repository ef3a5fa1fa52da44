import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type CompletionSource, RunRegistry, type Target } from '@tandem/api/completion';
import { ConfigStore, ENVIRONMENT, parseEnvironment } from '@tandem/api/config';
import { Fault } from '@tandem/api/faults';
import { AppLogger, Exchanges, furnishHttp, HttpModule, Readiness } from '@tandem/api/http';
import { ImportModule } from '@tandem/api/import';
import { InferenceModule } from '@tandem/api/inference';
import { closeAfterEach } from '@tandem/testing';
import { MetricsModule } from './metrics.module';
import { ModelLabels } from './model-labels';

const REQUEST = { messages: [{ role: 'user', content: 'Hi' }], parameters: {} } as const;
const USAGE = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };

const targetOf = (id: string, complete: CompletionSource['complete'], more: Partial<CompletionSource> = {}): Target =>
  ({ card: { id }, defaults: {}, source: { complete, ...more } }) as unknown as Target;

Logger.overrideLogger(false);

const closeLater = closeAfterEach();

/** The room in a small server with one configured model, at a port where nothing listens. */
async function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-metrics-'));
  closeLater(() => rmSync(folder, { recursive: true }));
  const config = new ConfigStore([
    { name: 'file', load: () => Promise.resolve({ baseline_models: [{ name: 'gone', endpoint: '127.0.0.1:9' }], twodelta_models: [] }) },
  ]);
  await config.load();
  class EnvironmentModule {}
  Global()(EnvironmentModule);
  const providers = [
    { provide: ENVIRONMENT, useValue: parseEnvironment({ CHECKPOINTS_DIR: folder }) },
    { provide: ConfigStore, useValue: config },
  ];
  Module({ providers, exports: [ENVIRONMENT, ConfigStore] })(EnvironmentModule);
  class TestModule {}
  const imports = ImportModule.forRoot({ useFactory: () => ({ checkpointsDir: folder, type: 'f16', converterEntry: join(folder, 'none.js') }) });
  const inference = InferenceModule.forRoot({ useFactory: () => ({ checkpointsDir: folder, threads: 1, engineEntry: join(folder, 'none.js') }) });
  Module({ imports: [HttpModule, EnvironmentModule, imports, inference, MetricsModule] })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false, forceCloseConnections: true });
  closeLater(() => app.close());
  furnishHttp(app, { logger: await AppLogger.open({ level: 'fatal', format: 'json' }, { write: () => undefined }) });
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  const scrape = async () => (await fetch(`${origin}/metrics`)).text();
  const value = async (series: string) => {
    const line = (await scrape()).split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  };
  const runs = app.get(RunRegistry, { strict: false });
  const answer = async (target: Target) => {
    const run = runs.open(target, REQUEST);
    run.watch(() => undefined);
    await run.ended;
  };
  return { app, origin, scrape, value, runs, answer };
}

describe('what Prometheus scrapes', () => {
  it('has a family for answers, models, configuration, engine, process and requests, each with a help and a type', async () => {
    const text = await (await setup()).scrape();
    const families = [...text.matchAll(/^# HELP (tandem_\w+) (.+)\n# TYPE \1 (\w+)$/gm)].map(([, name, , type]) => `${name} ${type}`);
    expect(families.sort()).toEqual([
      'tandem_answers_active gauge',
      'tandem_answers_queued gauge',
      'tandem_answers_refused_total counter',
      'tandem_answers_total counter',
      'tandem_build_info gauge',
      'tandem_completion_tokens_total counter',
      'tandem_config_age_seconds gauge',
      'tandem_config_info gauge',
      'tandem_config_last_refresh_success gauge',
      'tandem_connections_turned_away_total counter',
      'tandem_engine_restarts_total counter',
      'tandem_engine_up gauge',
      'tandem_http_request_duration_seconds histogram',
      'tandem_http_requests_total counter',
      'tandem_model_health gauge',
      'tandem_model_resting gauge',
      'tandem_prompt_tokens_total counter',
      'tandem_ready gauge',
      'tandem_time_to_first_token_seconds histogram',
      'tandem_upstream_errors_total counter',
    ]);
    expect(text).toContain('process_resident_memory_bytes ');
    expect(text).not.toContain('nodejs_active_handles_total');
  });

  it('is apart for every application in one process', async () => {
    const [one, other] = [await setup(), await setup()];
    await one.answer(targetOf('m', async () => ({ finishReason: 'stop' })));
    expect([await one.value('tandem_answers_total{model="m",outcome="stop"}'), await other.value('tandem_answers_total{model="m",outcome="stop"}')]).toEqual([
      1,
      undefined,
    ]);
  });
});

describe('an answer', () => {
  it('counts when it is over, by its model and how it ended, with its tokens and the wait for the first', async () => {
    const { answer, value } = await setup();
    const target = targetOf('m', async (_, sink) => {
      sink.text('Hello');
      return { finishReason: 'length', usage: USAGE };
    });
    await answer(target);
    await answer(target);
    expect(await value('tandem_answers_total{model="m",outcome="length"}')).toBe(2);
    expect([await value('tandem_prompt_tokens_total{model="m"}'), await value('tandem_completion_tokens_total{model="m"}')]).toEqual([10, 4]);
    expect(await value('tandem_time_to_first_token_seconds_count{model="m"}')).toBe(2);
  });

  it('that failed counts by the code of its error, and as its model server’s failure where that is to blame', async () => {
    const { answer, value } = await setup();
    for (const code of ['upstream_idle', 'model_unloaded'] as const) await answer(targetOf('m', () => Promise.reject(new Fault(code, 'No.'))));
    expect(await value('tandem_answers_total{model="m",outcome="upstream_idle"}')).toBe(1);
    expect(await value('tandem_answers_total{model="m",outcome="model_unloaded"}')).toBe(1);
    expect(await value('tandem_upstream_errors_total{model="m",code="upstream_idle"}')).toBe(1);
    expect(await value('tandem_upstream_errors_total{model="m",code="model_unloaded"}')).toBeUndefined();
    expect(await value('tandem_time_to_first_token_seconds_count{model="m"}')).toBeUndefined();
  });

  it('that a run over prompts asks for counts like any other, and shows while it is made', async () => {
    const { runs, value } = await setup();
    let end!: () => void;
    const held = new Promise<void>((resolve) => (end = resolve));
    const target = targetOf('m', async () => {
      await held;
      return { finishReason: 'stop', usage: USAGE };
    });
    const run = await runs.admitUnattended(target, REQUEST, new AbortController().signal);
    run.watch(() => undefined);
    expect([await value('tandem_answers_active'), runs.running]).toEqual([1, []]);
    end();
    await run.ended;
    expect([await value('tandem_answers_active'), await value('tandem_answers_total{model="m",outcome="stop"}')]).toEqual([0, 1]);
    expect(await value('tandem_completion_tokens_total{model="m"}')).toBe(2);
  });

  it('that was refused before it began counts as that, and as no answer', async () => {
    const { runs, value, scrape } = await setup();
    const target = targetOf('m', async () => ({ finishReason: 'stop' }), { admit: () => Promise.reject(new Fault('queue_full', 'Full.')) });
    await expect(runs.admit(target, REQUEST, new AbortController().signal)).rejects.toThrow('Full.');
    expect(await value('tandem_answers_refused_total{model="m",code="queue_full"}')).toBe(1);
    expect(await scrape()).not.toContain('tandem_answers_total{');
  });

  it('shows while it is made: as waiting for its turn, then as being made', async () => {
    const { runs, value } = await setup();
    let begin!: () => void;
    const turn = new Promise<void>((resolve) => (begin = resolve));
    const run = runs.open(
      targetOf('m', async (_, sink, signal) => {
        sink.phase('queued', { position: 1 });
        await turn;
        sink.text('Hello');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { finishReason: 'cancelled' };
      }),
      REQUEST,
    );
    const seen = async () => [await value('tandem_answers_queued'), await value('tandem_answers_active')];
    run.watch(() => undefined);
    expect(await seen()).toEqual([1, 0]);
    begin();
    await turn;
    expect(await seen()).toEqual([0, 1]);
    run.stop();
    await run.ended;
    expect(await seen()).toEqual([0, 0]);
  });
});

describe('a request', () => {
  it('counts by the pattern of its route, never by what a client wrote', async () => {
    const { origin, value, scrape } = await setup();
    expect((await fetch(`${origin}/made/up?secret=1`)).status).toBe(404);
    await scrape();
    expect(await value('tandem_http_requests_total{route="/metrics",method="GET",status="200"}')).toBeGreaterThanOrEqual(1);
    expect(await value('tandem_http_requests_total{route="other",method="GET",status="404"}')).toBe(1);
    expect(await scrape()).not.toMatch(/made\/up|secret/);
  });

  it('has a method that HTTP knows, or "other"; what could not be read took no time', async () => {
    const { app, value } = await setup();
    app.get(Exchanges).end({ method: 'BREW', route: 'unread', status: 400, durationMs: null });
    expect(await value('tandem_http_requests_total{route="unread",method="other",status="400"}')).toBe(1);
    expect(await value('tandem_http_request_duration_seconds_count{route="unread"}')).toBeUndefined();
  });

  it('that found no room for its connection counts as turned away', async () => {
    const { app, value } = await setup();
    app.get(Exchanges).turnAway();
    expect(await value('tandem_connections_turned_away_total')).toBe(1);
  });
});

describe('what is now', () => {
  it('is one state of five for each configured model, and whether it is left alone', async () => {
    const { scrape, value } = await setup();
    const states = [...(await scrape()).matchAll(/^tandem_model_health\{model="gone",status="(\w+)"\} (\d)$/gm)];
    expect(states.map(([, state]) => state)).toEqual(['healthy', 'degraded', 'loading', 'unhealthy', 'unknown']);
    expect(states.filter(([, , shown]) => shown === '1')).toHaveLength(1);
    expect(await value('tandem_model_resting{model="gone"}')).toBe(0);
  });

  it('is not ready while it leaves, or while it has no configuration', async () => {
    const { app, value } = await setup();
    const readiness = app.get(Readiness);
    const seen = [await value('tandem_ready')];
    readiness.noteConfig('S3 cannot be reached.');
    seen.push(await value('tandem_ready'));
    readiness.noteConfig(null);
    seen.push(await value('tandem_ready'));
    readiness.startLeaving();
    expect([...seen, await value('tandem_ready')]).toEqual([1, 0, 1, 0]);
  });

  it('names the configuration in force, and where it comes from', async () => {
    const { app, value } = await setup();
    const { version } = app.get(ConfigStore, { strict: false }).snapshot;
    expect(await value(`tandem_config_info{version="${version}",source="file"}`)).toBe(1);
    expect(await value('tandem_config_last_refresh_success')).toBe(1);
  });
});

describe('ModelLabels', () => {
  it('names five hundred models, and all later ones "other": labels stay for as long as the process runs', () => {
    const labels = new ModelLabels();
    const names = Array.from({ length: 502 }, (_, number) => labels.of(`m${number}`));
    expect(names.slice(498)).toEqual(['m498', 'm499', 'other', 'other']);
    expect([labels.of('m0'), labels.of('new')]).toEqual(['m0', 'other']);
  });
});
