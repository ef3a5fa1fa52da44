// What each prompt is answered with, per side: frames, and numbers to wait for that many milliseconds.
const phase = (name, rest = {}) => ({ token: '', done: false, phase: name, ...rest });
const words = (text, everyMs = 0) => text.split(/(?<= )/).flatMap((token) => [{ token, done: false }, ...(everyMs ? [everyMs] : [])]);
const thoughts = (text) => text.split(/(?<= )/).map((token) => ({ token, done: false, reasoning: true }));
const call = (name, pieces, index = 0) =>
  pieces.map((piece, at) => ({ token: '', done: false, tool_call: { index, ...(at === 0 ? { id: `call_${index}`, name } : {}), arguments: piece } }));
const end = (tokens, rest = {}) => ({
  ...{ token: '', done: true, finish_reason: 'stop', usage: { prompt_tokens: 12, completion_tokens: tokens, total_tokens: 12 + tokens } },
  ...{ timings: { queue_ms: 0, load_ms: 0, ttft_ms: 42, total_ms: 530, tokens_per_second: 118, source: 'measured' }, seed: 7 },
  ...rest,
});
const FOREVER = 600_000;

const PLAIN = 'The river runs past the old mill and out to the sea. A boy sat on the bank and watched the boats go by. ';
const RICH = `Here is how to stop a stream.

1. Press \`Esc\` while a pane has the focus.
2. Press the **Stop** button below it.
3. Or close the page: the server ends the work within a second.

\`\`\`ts
const stop = new AbortController();
await fetch('/stream', { method: 'POST', signal: stop.signal });
stop.abort(); // the model is told at once
\`\`\`

| State | Speed | Tokens |
|---|---|---|
| streaming | 118 tok/s | 58 |
| done | 121 tok/s | 64 |

> What was received stays where it is.
`;

const EDITED = RICH.replace('how to stop', 'how you stop')
  .replace('has the focus', 'is focused')
  .replace('server ends the work within a second', 'server hears of it at once, and ends the work')
  .replace("fetch('/stream', { method: 'POST', signal: stop.signal })", "fetch('/stream', { signal: stop.signal })")
  .replace('| done | 121 tok/s | 64 |\n', '')
  .replace('> What', 'Nothing is lost on the way.\n\n> What');

export const ANSWERS = {
  edited: [
    [...words(RICH), end(140)],
    [...words(EDITED), end(146)],
  ],
  short: [
    [...words('Hello there, said the fox, and went on down the hill to the river.'), end(15)],
    [...words('Hello! I am well, thank you. How can I help you?'), end(13)],
  ],
  rich: [
    [...words(PLAIN.repeat(14)), end(512, { finish_reason: 'length' })],
    [...words(RICH), end(140)],
  ],
  streaming: [
    [...words(PLAIN.repeat(40), 14), FOREVER],
    [...words(RICH.slice(0, 420), 14), FOREVER],
  ],
  converting: [
    [phase('converting', { progress: 0.4 }), FOREVER],
    [phase('converting', { progress: 0.4 }), FOREVER],
  ],
  loading: [
    [phase('loading', { progress: 0.4 }), FOREVER],
    [phase('loading', { progress: 0.75 }), FOREVER],
  ],
  queued: [
    [phase('queued', { position: 2 }), FOREVER],
    [phase('prompt'), FOREVER],
  ],
  waiting: [[FOREVER], [FOREVER]],
  nothing: [[end(0)], [end(0, { finish_reason: 'content_filter' })]],
  thinking: [
    [...words(PLAIN, 10), FOREVER],
    [...thoughts('The person asks about streams. I should say how to stop one, and that nothing is lost. '), FOREVER],
  ],
  tools: [
    [
      ...words('I can look that up. '),
      ...call('get_weather', ['{"city":"Paris",', '"days":2,"units":{"temperature":"celsius"}}']),
      end(31, { finish_reason: 'tool_calls' }),
    ],
    [...call('get_weather', ['{"city":"Paris"}']), ...call('get_time', ['{}'], 1), end(22, { finish_reason: 'tool_calls' })],
  ],
  emptied: [
    [...words(PLAIN), end(24)],
    [...thoughts('I should say nothing. '), end(512, { finish_reason: 'length' })],
  ],
  failed: [
    [...words(PLAIN), end(24)],
    [
      ...words('The answer began well, '),
      end(5, {
        finish_reason: undefined,
        error: {
          code: 'upstream_idle',
          message: 'models.example:8000 sent nothing for 60 s and was given up. Check its load and its log, then try again.',
          retryable: true,
        },
      }),
    ],
  ],
};
