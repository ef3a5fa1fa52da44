import { jest } from '@jest/globals';
import type { ConfigStore } from '@tandem/api/config';
import { Registry } from 'prom-client';
import { Subject } from 'rxjs';
import { ConfigMetrics } from './config-metrics';

function setup() {
  const registry = new Registry();
  const changes = new Subject<void>();
  const snapshot = { version: 'v', sources: { baseline: 'file', twodelta: 'file' }, loadedAt: new Date() };
  new ConfigMetrics(registry, { snapshot, changes, failure: null } as unknown as ConfigStore);
  const age = async () => Number(/^tandem_config_age_seconds (.+)$/m.exec(await registry.metrics())?.[1]);
  return { changes, age };
}

describe('the age of the configuration', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('begins again with every change', async () => {
    const { changes, age } = setup();
    jest.advanceTimersByTime(90_000);
    expect(await age()).toBe(90);
    changes.next();
    jest.advanceTimersByTime(5_000);
    expect(await age()).toBe(5);
  });

  it('does not jump with the clock of the machine', async () => {
    const { age } = setup();
    jest.advanceTimersByTime(1_000);
    jest.setSystemTime(Date.now() + 3 * 24 * 60 * 60_000);
    expect(await age()).toBe(1);
  });
});
