import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port';
import { PATIENCE_MS } from './patience';

/** Where `npm test` puts a Debian that has llama.cpp. */
const HOME = join(homedir(), '.cache', 'tandem', 'llama.cpp');
const CHECKPOINT = fileURLToPath(new URL('../../../checkpoints/sft/tandem-tiny-chat.gguf', import.meta.url));

export interface LlamaServerOptions {
  /** Tokens of context in each slot. Default 512. */
  readonly context?: number;
  /** How many answers at once. Default 1. */
  readonly slots?: number;
  /** Whether it stays at loading its model, for as long as it lives. */
  readonly isLoading?: boolean;
  /** With `off`, what a token is worth does not depend on how many are read beside it. Default: its own. */
  readonly flashAttention?: 'off';
  /** Another model than that which comes with Tandem, and a LoRA over it; what the files hold. */
  readonly own?: { readonly model: Buffer; readonly lora?: Buffer };
}

/** What one slot is doing, of `GET /slots`. */
export interface LlamaSlot {
  readonly is_processing: boolean;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface LlamaServer {
  readonly url: URL;
  slots(): Promise<readonly LlamaSlot[]>;
  /** Resolves once no slot works. */
  untilIdle(): Promise<void>;
  /** Ends the process as a crash does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Starts llama.cpp's own server with a checkpoint that comes with Tandem. Owns its process and its copy of the file. */
export async function startLlamaServer({ context = 512, slots = 1, isLoading = false, flashAttention, own }: LlamaServerOptions = {}): Promise<LlamaServer> {
  const root = join(HOME, 'root');
  const folder = await mkdtemp(join(root, 'tmp', 'tandem-'));
  const file = join(folder, basename(CHECKPOINT));
  // nobody writes into the pipe: the server waits for the model's first byte
  if (isLoading) spawnSync('mkfifo', [file]);
  else if (own === undefined) await copyFile(CHECKPOINT, file);
  else await writeFile(file, own.model);
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}/`);
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--slots', '--parallel', String(slots), '--threads', '1'];
  flags.push('--ctx-size', String(context * slots), '--model', file.slice(root.length), '--alias', 'tandem-tiny-chat');
  if (flashAttention !== undefined) flags.push('--flash-attn', flashAttention);
  if (own?.lora !== undefined) {
    await writeFile(join(folder, 'lora.gguf'), own.lora);
    flags.push('--lora', join(folder, 'lora.gguf').slice(root.length));
  }
  const child = spawn('chroot', [root, 'llama-server', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (piece) => (words = (words + String(piece)).slice(-4_000)));
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  };
  const readSlots = async () => (await (await fetch(new URL('/slots', url))).json()) as LlamaSlot[];
  const server: LlamaServer = {
    url,
    slots: readSlots,
    async untilIdle() {
      while ((await readSlots()).some((slot) => slot.is_processing)) await delay(10);
    },
    kill,
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  const isReady = async () => {
    const response = await fetch(new URL('/health', url)).catch(() => undefined);
    await response?.arrayBuffer();
    return isLoading ? response?.status === 503 : response?.status === 200;
  };
  for (const deadline = performance.now() + PATIENCE_MS; !(await isReady()); await delay(20)) {
    if (performance.now() < deadline && child.exitCode === null) continue;
    await server.close();
    throw new Error(`llama-server did not start: ${words}`);
  }
  return server;
}

/**
 * `describe` for tests that need llama.cpp's server. They are left out where it is not there, with a line that says so;
 * where CI is `true` they must run.
 */
export function describeWithLlamaServer(name: string, tests: () => void): void {
  if (existsSync(join(HOME, 'complete')) || process.env['CI'] === 'true') describe(name, tests);
  else describe.skip(`${name} (left out: npm test as root on Debian fetches llama.cpp)`, tests);
}
