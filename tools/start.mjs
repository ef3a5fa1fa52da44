// `npm start`: builds what is stale and serves. The Node that runs this is the one the project brings.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.mjs';

/** npm passes a signal on to the shell that it starts this with, and that shell to nobody: when it is gone, it was meant. */
const shell = process.ppid;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const built = spawnSync(process.execPath, [join('node_modules', 'nx', 'dist', 'bin', 'nx.js'), 'run-many', '-t', 'build', '--outputStyle=static'], {
  encoding: 'utf8',
  env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  stdio: ['ignore', 'pipe', 'pipe'],
});
if (built.status !== 0) {
  process.stderr.write(`${built.stdout ?? ''}${built.stderr ?? ''}\nThe build failed; the lines above say where.\n`);
  process.exit(built.status ?? 1);
}

const server = spawn(process.execPath, [...NODE_FLAGS, 'dist/apps/api/main.js'], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
setInterval(() => process.ppid === shell || server.kill('SIGTERM'), 500);
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
