import { spawnSync } from 'node:child_process';

/** Tokens in a chunk: the second half of each is scored, after the first. */
export const CHUNK = 256;

const perplexity = process.env.LLAMA_PERPLEXITY ?? 'llama-perplexity';
/** It ends now and then without its last lines. */
const TRIES = 10;

/** What it prints, where that has these figures in it. */
export function figuresOf(options, names) {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const { said } = llamaPerplexity(options);
    const found = names.map((name) => figure(said, name));
    if (!found.includes(undefined)) return found;
  }
  throw new Error(`llama-perplexity does not say ${names.join(', ')}.`);
}

/**
 * Runs llama.cpp's own tool over a text file. `LLAMA_PERPLEXITY` is how it is started, such as `llama-perplexity` or
 * `chroot /srv/sid llama-perplexity`. What it prints, and the processor time of its process in milliseconds.
 */
export function llamaPerplexity({ model, file, chunks, threads, base, isDivergence = false }) {
  const flags = ['-m', model, '-t', threads, '-tb', threads, '-c', CHUNK, '-b', CHUNK, '-ub', CHUNK, '-fa', 'off', '--chunks', chunks, '--no-warmup'];
  if (!isDivergence) flags.push('-f', file);
  if (base !== undefined) flags.push('--kl-divergence-base', base);
  if (isDivergence) flags.push('--kl-divergence');
  const command = [...perplexity.split(' '), ...flags.map(String)];
  const { stdout, stderr, status } = spawnSync('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', ...command], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`llama-perplexity ended with ${status}: ${stderr.slice(-2_000)}`);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr);
  return { said: `${stdout}\n${stderr}`, cpuMs: (Number(user) + Number(system)) * 1000 };
}

/** Writes the same model in 16-bit floats, with the tool that comes beside it. */
export function writeInF16(from, to) {
  const [program, ...args] = perplexity.replace(/llama-perplexity$/, 'llama-quantize').split(' ');
  const { status, stderr } = spawnSync(program, [...args, '--allow-requantize', from, to, 'F16', '1'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`llama-quantize ended with ${status}: ${stderr.slice(-2_000)}`);
}

/** A figure that it prints behind a name. */
function figure(said, name) {
  const found = new RegExp(`${name}\\s*[=:]\\s*(-?[\\d.]+)`).exec(said)?.[1];
  return found === undefined ? undefined : Number(found);
}
