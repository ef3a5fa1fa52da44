import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';

const FILLING = 8;

/** Accepts nothing, and holds still so that nothing else is done for those who wait. */
const CODE = `
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, server.address().port + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A port where nobody answers: its queue is full, so the system lets every further connection wait. */
export interface DeafPort {
  readonly port: number;
  close(): void;
}

export async function openDeafPort(): Promise<DeafPort> {
  const child = spawn(process.execPath, ['-e', CODE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  const waiting: Socket[] = Array.from({ length: FILLING }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  return {
    port,
    close() {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
