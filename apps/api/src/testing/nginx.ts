import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '@tandem/testing';

const NGINX = '/usr/sbin/nginx';
const SITE = join(import.meta.dirname, '../../../../deploy/nginx.conf');

export interface Nginx {
  readonly origin: string;
  readonly log: () => string;
  close(): Promise<void>;
}

/** The nginx of the system with `deploy/nginx.conf`, in front of two replicas on these ports of this machine. */
export async function startNginx(replicas: readonly [number, number]): Promise<Nginx> {
  const site = await readFile(SITE, 'utf8');
  return startSite((port) =>
    site
      .replace('10.0.0.1:8080', `127.0.0.1:${replicas[0]}`)
      .replace('10.0.0.2:8080', `127.0.0.1:${replicas[1]}`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`),
  );
}

/** An nginx that was told where Tandem is, and this besides; all else is as it comes: it buffers, and asks by HTTP/1.0. */
export function startDefaultNginx(tandem: number, besides = ''): Promise<Nginx> {
  return startSite((port) => `server { listen 127.0.0.1:${port}; ${besides} location / { proxy_pass http://127.0.0.1:${tandem}; } }`);
}

async function startSite(siteAt: (port: number) => string): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-nginx-'));
  const port = await freePort();
  await writeFile(join(folder, 'site.conf'), siteAt(port));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`).join(' ');
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; events { worker_connections 1024; } http { access_log off; ${temporary} include ${folder}/site.conf; }`,
  );
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exit = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended:\n${log}`);
    return (await fetch(`${origin}/readyz`).catch(() => undefined)) !== undefined;
  });
  return {
    origin,
    log: () => log,
    close: async () => {
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true });
    },
  };
}

/** Runs the tests where there is an nginx; where there must be one they fail without it. */
export function describeWithNginx(name: string, tests: () => void): void {
  if (existsSync(NGINX) || process.env['CI'] === 'true') describe(name, tests);
  else describe.skip(`${name} (left out: apt-get install nginx-light)`, tests);
}
