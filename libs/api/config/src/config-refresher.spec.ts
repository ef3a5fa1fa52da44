import { jest } from '@jest/globals';
import { Readiness } from '@tandem/api/http';
import { ConfigRefresher } from './config-refresher';
import { ConfigStore } from './config-store';
import { parseEnvironment } from './environment';
import { SourceFailure } from './source-failure';
import type { ConfigSource } from './sources';

const MINUTE = 60_000;

async function setup(minutes: number, fail = false) {
  let reads = 0;
  let finish: () => void = () => undefined;
  const source: ConfigSource = {
    name: 'file',
    load: async () => {
      if (reads++ > 0 && fail) throw new SourceFailure('s3_timeout', 'S3 did not answer.');
      if (reads > 1) await new Promise<void>((resolve) => (finish = resolve));
      return { baseline_models: [], twodelta_models: [] };
    },
  };
  const store = new ConfigStore([source]);
  await store.load();
  const environment = parseEnvironment({ S3_BUCKET: 'b', REFRESH_INTERVAL_MINUTES: String(minutes), CONFIG_FILE: '/nowhere/config.json' });
  const refresher = new ConfigRefresher(store, new Readiness(), environment);
  jest.useFakeTimers();
  refresher.onApplicationBootstrap();
  return { refresher, reads: () => reads, finish: () => finish() };
}

describe('ConfigRefresher', () => {
  afterEach(() => jest.useRealTimers());

  it('reads again after the interval, a tenth earlier or later', async () => {
    const { refresher, reads } = await setup(5);
    await jest.advanceTimersByTimeAsync(4.4 * MINUTE);
    expect(reads()).toBe(1);
    await jest.advanceTimersByTimeAsync(1.2 * MINUTE);
    expect(reads()).toBe(2);
    await refresher.onModuleDestroy();
  });

  it('plans the next one only when the last is over', async () => {
    const { refresher, reads, finish } = await setup(1);
    await jest.advanceTimersByTimeAsync(30 * MINUTE);
    expect(reads()).toBe(2);
    finish();
    await jest.advanceTimersByTimeAsync(1.2 * MINUTE);
    expect(reads()).toBe(3);
    await refresher.onModuleDestroy();
  });

  it('plans none when the interval is 0', async () => {
    const { refresher, reads } = await setup(0);
    await jest.advanceTimersByTimeAsync(60 * MINUTE);
    expect(reads()).toBe(1);
    expect(refresher.nextRefreshAt).toBeNull();
    await refresher.onModuleDestroy();
  });

  it('goes on after a failure, at the same pace', async () => {
    const { refresher, reads } = await setup(5, true);
    await jest.advanceTimersByTimeAsync(60 * MINUTE);
    expect(reads()).toBeGreaterThanOrEqual(11);
    expect(reads()).toBeLessThanOrEqual(14);
    await refresher.onModuleDestroy();
  });

  it('makes up for nothing when the clock jumps or the machine slept', async () => {
    const { refresher, reads, finish } = await setup(5);
    jest.setSystemTime(Date.now() + 24 * 60 * MINUTE);
    await jest.advanceTimersByTimeAsync(5.6 * MINUTE);
    expect(reads()).toBe(2);
    finish();
    jest.setSystemTime(Date.now() - 48 * 60 * MINUTE);
    await jest.advanceTimersByTimeAsync(5.6 * MINUTE);
    expect(reads()).toBe(3);
    await refresher.onModuleDestroy();
  });

  it('tells when the next one is by the clock as it is set now', async () => {
    const { refresher } = await setup(5);
    await jest.advanceTimersByTimeAsync(MINUTE);
    jest.setSystemTime(Date.now() + 300 * 24 * 60 * MINUTE);
    const inMinutes = ((refresher.nextRefreshAt?.getTime() ?? 0) - Date.now()) / MINUTE;
    expect(inMinutes).toBeGreaterThan(3.4);
    expect(inMinutes).toBeLessThan(4.6);
    await refresher.onModuleDestroy();
  });

  it('has one plan, however often someone asks in between', async () => {
    const { refresher, reads } = await setup(5, true);
    for (let asked = 0; asked < 10; asked += 1) await refresher.refresh();
    expect(reads()).toBe(11);
    await jest.advanceTimersByTimeAsync(5.6 * MINUTE);
    expect(reads()).toBe(12);
    await refresher.onModuleDestroy();
  });

  it('has replicas look at different moments', async () => {
    const replicas = await Promise.all(Array.from({ length: 10 }, () => setup(5)));
    const due = replicas.map(({ refresher }) => refresher.nextRefreshAt?.getTime());
    expect(new Set(due).size).toBeGreaterThan(5);
    await Promise.all(replicas.map(({ refresher }) => refresher.onModuleDestroy()));
  });
});
