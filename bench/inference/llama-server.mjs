import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { freePort } from '../server.mjs';

/**
 * `LLAMA_SERVER` is how it is started, such as `llama-server` or `chroot /srv/sid llama-server`; in the second case
 * `LLAMA_ROOT` is that folder, and models are written below it.
 */
export async function withLlamaServer({ command, modelPath, threads, slots, context }, work) {
  const port = await freePort();
  const [program, ...before] = command.split(' ');
  const flags = ['-m', modelPath, '-t', threads, '-tb', threads, '-np', slots, '-c', context * slots, '--port', port, '--host', '127.0.0.1', '--no-webui'];
  const server = spawn(program, [...before, ...flags.map(String)], { stdio: 'ignore' });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  try {
    const origin = `http://127.0.0.1:${port}`;
    await untilHealthy(origin, server);
    return await work({ name: 'llama-server', pid: server.pid, ask: (question) => ask(origin, question) });
  } finally {
    server.kill('SIGKILL');
    await gone;
  }
}

async function untilHealthy(origin, server) {
  for (let round = 0; round < 600; round += 1) {
    if (server.exitCode !== null) throw new Error(`llama-server ended with code ${server.exitCode}`);
    if (
      await fetch(`${origin}/health`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await delay(100);
  }
  throw new Error('llama-server was not ready within a minute');
}

/** The raw completion route: no chat template, the prompt cache on, and the sampling values that Tandem uses. */
async function ask(origin, { prompt, maxTokens, seed }) {
  const start = performance.now();
  const response = await fetch(`${origin}/completion`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      prompt,
      n_predict: maxTokens,
      seed,
      stream: true,
      cache_prompt: true,
      temperature: 0.7,
      top_k: 50,
      top_p: 0.9,
      min_p: 0,
      repeat_penalty: 1.1,
      samplers: ['penalties', 'top_k', 'top_p', 'temperature'],
    }),
  });
  let firstMs;
  let tokens = 0;
  let promptTokens = 0;
  let text = '';
  await readEvents(response, (event) => {
    if (event.content !== '' || event.tokens?.length > 0) firstMs ??= performance.now() - start;
    text += event.content;
    if (event.stop) {
      tokens = event.tokens_predicted;
      promptTokens = event.tokens_evaluated;
    }
  });
  return { firstMs, totalMs: performance.now() - start, tokens, promptTokens, text };
}

export async function readEvents(response, onEvent) {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const parser = createParser({ onEvent: ({ data }) => onEvent(JSON.parse(data)) });
  const decoder = new TextDecoder();
  for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }));
}
