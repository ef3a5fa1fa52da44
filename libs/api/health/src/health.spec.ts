import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Fault } from '@tandem/api/faults';
import { furnishHttp, HttpModule, Readiness } from '@tandem/api/http';
import type { HealthFinding, HealthReport } from '@tandem/shared/contracts';
import { readEvents } from '@tandem/shared/sse';
import { closeAfterEach, guardLeaks, until } from '@tandem/testing';
import { Subject } from 'rxjs';
import { HealthDirectory, HealthSettings, type HealthSubject } from './health-directory';
import { HealthModule } from './health.module';

const GOOD: HealthFinding = { status: 'healthy', detail: 'It answers.', hint: '' };
const SILENT: HealthFinding = { status: 'unhealthy', cause: 'silent', detail: 'No answer.', hint: 'Look.' };
const BAD: HealthFinding = { status: 'unhealthy', detail: 'Nothing listens.', hint: 'Start it.' };

const closeLater = closeAfterEach();

/** A model whose checks the test answers. */
function subject(id: string) {
  const waiting: { readonly answer: (finding: HealthFinding) => void; readonly signal: AbortSignal }[] = [];
  let resting: HealthFinding | undefined;
  let probes = 0;
  return {
    id,
    endpoint: `${id}:8000`,
    probe(signal: AbortSignal): Promise<HealthFinding> {
      probes++;
      if (resting !== undefined) return Promise.resolve(resting);
      return new Promise((answer) => waiting.push({ answer, signal }));
    },
    /** Answers what waits and, from now on, everything. */
    answer(finding: HealthFinding) {
      resting = finding;
      for (const check of waiting.splice(0)) check.answer(finding);
    },
    waiting,
    get probes() {
      return probes;
    },
  };
}

/** The test decides how long a check takes, unless it is about the deadline. */
async function setup(subjects: readonly HealthSubject[], settings: Partial<HealthSettings> = {}) {
  const sought: string[] = [];
  const changes = new Subject<string>();
  const directory: HealthDirectory = {
    changes,
    list: () => Promise.resolve(subjects),
    find: async (model) => {
      sought.push(model);
      const found = subjects.find(({ id }) => id === model);
      if (found === undefined) throw new Fault('model_not_found', `No model is called "${model}".`, { param: 'model' });
      return found;
    },
  };
  const health = HealthModule.over({
    providers: [
      { provide: HealthDirectory, useValue: directory },
      { provide: HealthSettings, useValue: { intervalMs: 3_600_000, deadlineMs: 600_000, ...settings } },
    ],
  });
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(
    { module: TestModule, imports: [HttpModule, health] },
    { logger: false, bodyParser: false, forceCloseConnections: true },
  );
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  closeLater(() => app.close());
  const url = await app.getUrl();
  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  /** Once so many were looked for by name; they have joined a check by then, or begun one. */
  const untilSought = (count: number) => until(() => sought.length === count);
  return { app, url, get, changes, untilSought };
}

/** The reports of the stream, as they come. */
async function watch(url: string) {
  const response = await fetch(`${url}/api/health/stream`);
  if (response.body === null) throw new Error('no body');
  const events = readEvents(response.body);
  return {
    next: async () => {
      const { value, done } = await events.next();
      return done ? null : (JSON.parse(value.data) as HealthReport);
    },
    leave: () => events.return(),
  };
}

describe('GET /api/health', () => {
  it('answers at once although no check has ended', async () => {
    const { get } = await setup([subject('a'), subject('b')]);
    const { status, body } = await get('/api/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'success', count: 2 });
    expect(body['models']).toEqual([
      expect.objectContaining({ model: 'a', endpoint: 'a:8000', status: 'unknown', healthy: false, checked_at: null }),
      expect.objectContaining({ model: 'b', status: 'unknown' }),
    ]);
  });

  it('tells what the round at the start found', async () => {
    const a = subject('a');
    a.answer(GOOD);
    const { url, get } = await setup([a]);
    const { next, leave } = await watch(url);
    await next();
    const { body } = await get('/api/health');
    expect(body['models']).toEqual([expect.objectContaining({ status: 'healthy', healthy: true, latency_ms: expect.any(Number) })]);
    await leave();
  });
});

describe('GET /health-check', () => {
  it('checks now and answers 200 whatever it finds', async () => {
    const a = subject('a');
    a.answer(BAD);
    const { get } = await setup([a]);
    await expect(get('/health-check?model=a')).resolves.toMatchObject({
      status: 200,
      body: {
        status: 'unhealthy',
        healthy: false,
        model: 'a',
        endpoint: 'a:8000',
        detail: 'Nothing listens.',
        hint: 'Start it.',
      },
    });
  });

  it('joins the check in flight', async () => {
    const a = subject('a');
    const { get, untilSought } = await setup([a]);
    const checks = [get('/health-check?model=a'), get('/health-check?model=a')];
    await untilSought(2);
    a.answer(GOOD);
    for (const { body } of await Promise.all(checks)) expect(body['status']).toBe('healthy');
    expect(a.probes).toBe(1);
  });

  it('calls a model unhealthy that does not answer in time, and tells the check to stop', async () => {
    const a = subject('a');
    const { get } = await setup([a], { deadlineMs: 30 });
    const [check] = a.waiting;
    await expect(get('/health-check?model=a')).resolves.toMatchObject({
      body: { status: 'unhealthy', cause: 'silent', detail: 'The last check got no answer within 0.03 s.' },
    });
    expect(check?.signal.aborted).toBe(true);
  });

  it('says what is known of a model that does not answer in time', async () => {
    const busy: HealthFinding = { status: 'degraded', cause: 'too_busy', detail: 'It is giving an answer.', hint: 'Wait.' };
    const { get } = await setup([{ ...subject('a'), whenLate: () => busy }], { deadlineMs: 30 });
    await expect(get('/health-check?model=a')).resolves.toMatchObject({ body: { status: 'degraded', cause: 'too_busy', hint: 'Wait.' } });
  });

  it('remembers when a model that fell silent answered last, whatever it said then', async () => {
    const a = subject('a');
    a.answer(BAD);
    const { get } = await setup([a]);
    const { body: last } = await get('/health-check?model=a');
    expect(last['last_answer_at']).toBe(last['checked_at']);
    for (const finding of [SILENT, { ...SILENT, cause: 'unreachable' } as const]) {
      a.answer(finding);
      const { body } = await get('/health-check?model=a');
      expect(body).toMatchObject({ cause: finding.cause, last_answer_at: last['checked_at'] });
      expect(Date.parse(body['checked_at'] as string)).toBeGreaterThanOrEqual(Date.parse(last['checked_at'] as string));
    }
  });

  it('still knows what a model is that does not hear a check, and forgets it where it says something else', async () => {
    const identity = { model: 'm', server: 'vLLM', version: '1', context_length: 4096, base: null };
    const a = subject('a');
    const { get } = await setup([a]);
    const found: unknown[] = [];
    for (const finding of [{ ...GOOD, identity }, SILENT, { ...BAD, identity: null }, SILENT]) {
      a.answer(finding);
      found.push((await get('/health-check?model=a')).body['identity']);
    }
    expect(found).toEqual([identity, identity, null, null]);
  });

  it('does not pretend that a model ever answered that was always silent', async () => {
    const a = subject('a');
    a.answer(SILENT);
    const { get } = await setup([a]);
    await expect(get('/health-check?model=a')).resolves.toMatchObject({ body: { cause: 'silent', last_answer_at: null } });
  });

  it.each([
    ['/health-check', 400],
    ['/health-check?model=', 400],
    ['/health-check?model=a&model=b', 400],
    ['/health-check?model=a&url=http://other', 400],
    ['/health-check?model=nobody', 404],
  ])('refuses %s with %d', async (path, expected) => {
    const { get } = await setup([subject('a')]);
    const { status, body } = await get(path);
    expect(status).toBe(expected);
    expect(body).toMatchObject({ status: 'error', error: { request_id: expect.any(String) } });
  });
});

describe('GET /api/health/stream', () => {
  it('sends what is known, then only what is new', async () => {
    const a = subject('a');
    const { url, get } = await setup([a]);
    const { next, leave } = await watch(url);
    await expect(next()).resolves.toMatchObject({ model: 'a', status: 'unknown' });
    a.answer(GOOD);
    await expect(next()).resolves.toMatchObject({ model: 'a', status: 'healthy' });
    await get('/health-check?model=a');
    a.answer(BAD);
    await get('/health-check?model=a');
    await expect(next()).resolves.toMatchObject({ model: 'a', status: 'unhealthy' });
    await leave();
  });

  it('tells at once of a model that is said to have changed', async () => {
    const a = subject('a');
    a.answer(GOOD);
    const { url, changes } = await setup([a]);
    const { next, leave } = await watch(url);
    await expect(next()).resolves.toMatchObject({ status: 'healthy' });
    a.answer(BAD);
    changes.next('nobody');
    changes.next('a');
    await expect(next()).resolves.toMatchObject({ model: 'a', status: 'unhealthy' });
    await leave();
  });

  it('begins with a comment and names no event', async () => {
    const { url } = await setup([subject('a')]);
    const response = await fetch(`${url}/api/health/stream`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('data:')) text += (await reader.read()).value;
    expect(text).toMatch(/^\s*: tandem\n/);
    expect(text).not.toContain('event:');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await reader.cancel();
  });

  it('does not hold up a shutdown', async () => {
    const { app, url } = await setup([subject('a')]);
    const { next } = await watch(url);
    await next();
    const end = next().catch(() => null);
    await app.close();
    await expect(end).resolves.toBeNull();
  });
});

describe('the rounds in the background', () => {
  it('check fifty models eight at a time, each once, whoever else asks for it meanwhile', async () => {
    const many = Array.from({ length: 50 }, (_, n) => subject(`m${n}`));
    const { url, get, untilSought } = await setup(many);
    const { next, leave } = await watch(url);
    const asked = get('/health-check?model=m0');
    await untilSought(1);
    const inFlight = () => many.filter(({ waiting }) => waiting.length > 0);
    const healthy = new Set<string>();
    while (healthy.size < many.length) {
      expect(inFlight().length).toBe(Math.min(8, many.length - healthy.size));
      inFlight()[0]?.answer(GOOD);
      for (let report = await next(); report !== null; report = await next()) {
        if (report.status !== 'healthy') continue;
        healthy.add(report.model);
        break;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(asked).resolves.toMatchObject({ body: { status: 'healthy' } });
    expect(many.map(({ probes }) => probes)).toEqual(many.map(() => 1));
    await leave();
  });

  it('come again after the interval', async () => {
    const a = subject('a');
    a.answer(GOOD);
    const { url } = await setup([a], { intervalMs: 10 });
    const { next, leave } = await watch(url);
    await next();
    a.answer(BAD);
    await expect(next()).resolves.toMatchObject({ status: 'unhealthy' });
    await leave();
  });

  it('go on after a check that failed by itself', async () => {
    const broken = { id: 'broken', endpoint: 'x', probe: () => Promise.reject(new Error('bug')) };
    const { url } = await setup([broken], { intervalMs: 10 });
    const { next, leave } = await watch(url);
    await expect(next()).resolves.toMatchObject({
      model: 'broken',
      status: 'unknown',
      detail: 'The check itself failed.',
    });
    await leave();
  });
});

describe('GET /healthz and /readyz', () => {
  it('answer whatever the models do', async () => {
    const a = subject('a');
    a.answer(BAD);
    const { get } = await setup([a]);
    await expect(get('/healthz')).resolves.toEqual({ status: 200, body: { status: 'success' } });
    await expect(get('/readyz')).resolves.toEqual({ status: 200, body: { status: 'success' } });
  });

  it('tell apart alive and ready while the server drains', async () => {
    const { app, get } = await setup([]);
    app.get(Readiness).startDraining();
    await expect(get('/healthz')).resolves.toMatchObject({ status: 200 });
    await expect(get('/readyz')).resolves.toMatchObject({
      status: 503,
      body: { status: 'error', error: { code: 'server_restarting' } },
    });
  });
});

guardLeaks();
