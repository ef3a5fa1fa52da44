import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach, until } from '@tandem/testing';
import { startServer } from './testing/start-server';

const closing = closeAfterEach();

async function setup(environment: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-proxies-'));
  closing(() => rm(folder, { recursive: true }));
  const server = await startServer(folder, environment);
  closing(() => server.stop());
  const get = (forwardedFor: string) => fetch(`${server.origin}/api/models`, { headers: { 'X-Forwarded-For': forwardedFor } });
  return { get, log: server.log };
}

describe('a server behind proxies', () => {
  it('takes the address of a client from a proxy that it trusts', async () => {
    const { get, log } = await setup({ TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_PER_MINUTE: '1' });
    expect((await get('203.0.113.1')).status).toBe(200);
    expect((await get('203.0.113.2')).status).toBe(200);
    await until(() => log().includes('"client":"203.0.113.2"'));
  });

  it('believes only as many proxies as there are', async () => {
    const { get, log } = await setup({ TRUSTED_PROXIES: '1' });
    await get('198.51.100.7, 203.0.113.1');
    await until(() => log().includes('"client":"203.0.113.1"'));
  });

  it('does not believe anyone else', async () => {
    for (const TRUSTED_PROXIES of ['', '10.0.0.0/8']) {
      const { get, log } = await setup({ TRUSTED_PROXIES, RATE_LIMIT_PER_MINUTE: '1' });
      expect((await get('203.0.113.1')).status).toBe(200);
      expect((await get('203.0.113.2')).status).toBe(429);
      await until(() => log().includes('"client":"127.0.0.1"'));
      expect(log()).not.toContain('203.0.113');
    }
  });

  it('keeps idle connections as long as it is told to', async () => {
    const { get } = await setup({ KEEP_ALIVE_SECONDS: '321' });
    expect((await get('')).headers.get('keep-alive')).toBe('timeout=321');
  });
});
