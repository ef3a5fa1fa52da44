import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, withServer } from '../server.mjs';

const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);
const REQUEST = { path: '/stream', body: (load) => ({ model: 'stand-in', prompt: 'Hi', ...load }) };

/** The processes of a relay: its own and those it started. */
function familyOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** CPU time that a relay has used so far, in microseconds. */
export function cpuUs(pid) {
  const ticks = familyOf(pid).map((each) => {
    const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return (ticks.reduce((sum, each) => sum + each, 0) * 1_000_000) / TICKS_PER_SECOND;
}

/** Resident memory of one process, in MB. */
export function residentMb(pid) {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

async function untilListening(port) {
  for (;;) {
    const isOpen = await new Promise((resolve) => {
      const probe = connect(port, '127.0.0.1', () => resolve(true) || probe.destroy()).on('error', () => resolve(false));
    });
    if (isOpen) return;
    await delay(20);
  }
}

/** Runs `work` with each relay in front of the model server: `{ name, port, pid, path, body }`. */
export async function withRelays(upstream, work) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-relay-'));
  const [nginxPort, flaskPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'nginx.conf'), nginxConf(folder, nginxPort, upstream));
  const nginx = spawn('nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const flask = spawn('/usr/bin/python3', ['bench/relay/flask_relay.py', String(flaskPort), String(upstream)], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const relay of [nginx, flask]) {
    relay.once('exit', (code) => {
      if (code) console.error('A peer could not be started. On Debian: apt-get install nginx-light python3-flask python3-gevent python3-requests');
    });
  }
  const models = JSON.stringify([{ id: 'stand-in', name: 'stand-in', endpoint: `127.0.0.1:${upstream}`, protocol: 'openai-chat', model: 'stand-in' }]);
  try {
    await Promise.all([untilListening(nginxPort), untilListening(flaskPort)]);
    await withServer({ BASELINE_MODELS: models, TWODELTA_MODELS: '[]', CHECKPOINTS_DIR: folder }, async (origin, server) => {
      await work({
        direct: { name: 'direct', port: upstream, path: '/v1/chat/completions', body: (load) => ({ model: 'stand-in', stream: true, messages: [], ...load }) },
        tandem: { name: 'Tandem', port: Number(new URL(origin).port), pid: server.pid, ...REQUEST },
        nginx: {
          name: 'nginx',
          port: nginxPort,
          pid: nginx.pid,
          path: '/v1/chat/completions',
          body: (load) => ({ model: 'stand-in', stream: true, messages: [], ...load }),
        },
        flask: { name: 'Flask + gevent', port: flaskPort, pid: flask.pid, ...REQUEST },
      });
    });
  } finally {
    for (const relay of [nginx, flask]) relay.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  }
}

/** Stock settings, but for what a stream needs. */
function nginxConf(folder, port, upstream) {
  return `daemon off; pid ${folder}/nginx.pid; worker_processes 1; worker_rlimit_nofile 20000;
    ${readdirSync('/').includes('etc') && process.getuid?.() === 0 ? 'user root;' : ''}
    events { worker_connections 16384; }
    http {
      access_log off; error_log stderr crit;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
      server {
        listen 127.0.0.1:${port} backlog=8192;
        location / { proxy_pass http://127.0.0.1:${upstream}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; proxy_read_timeout 600s; }
      }
    }`;
}
