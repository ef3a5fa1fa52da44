// Bodies of just under 8 MiB that would be dear to parse, to build or to check.
const LARGE = 8 * 1024 * 1024 - 1024;

const filled = (begin, piece, end) => {
  const pieces = [];
  for (let size = begin.length, number = 0; size < LARGE; number += 1) {
    pieces.push(piece(number));
    size += pieces.at(-1).length + 1;
  }
  return begin + pieces.slice(0, -1).join(',') + end;
};

/** What each is made of, the route it is sent to, and the body. */
export const BODIES = [
  ['empty messages', '/stream', filled('{"model":"m","messages":[', () => '{}', ']}')],
  ['empty stop strings', '/stream', filled('{"model":"m","prompt":"Hi","stop":[', () => '""', ']}')],
  ['unknown fields', '/api/generate', filled('{', (number) => `"f${number}":0`, '}')],
  [
    'names in logit_bias',
    '/v1/chat/completions',
    filled('{"model":"m","messages":[{"role":"user","content":"Hi"}],"logit_bias":{', (number) => `"${number}":1`, '}}'),
  ],
  ['content parts', '/v1/chat/completions', filled('{"model":"m","messages":[{"role":"user","content":[', () => '{}', ']}]}')],
  ['levels', '/stream', `{"prompt":${'['.repeat(LARGE / 2)}`],
  ['a list at the top', '/api/chat/clear', filled('[', () => '{}', ']')],
  ['unknown fields, without a token', '/api/session', filled('{', (number) => `"f${number}":0`, '}')],
  ['escaped quotes', '/stream', `{"model":"m","prompt":"${'\\"'.repeat(LARGE / 2 - 100)}`],
  ['blanks', '/stream', ' '.repeat(LARGE)],
];
