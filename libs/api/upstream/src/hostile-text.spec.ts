import { closeAfterEach, growthOf, LEVEL, LINEAR, patient, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { readComplaint } from './dialects/complaint';
import { dialectOf } from './dialects/dialect-of';
import { framingOf } from './dialects/framing-of';
import { readJson } from './dialects/json';
import { LineDecoder } from './dialects/line-decoder';
import { identify, versionRouteOf } from './server/identify';
import { kindByModels, kindByRoutes } from './server/judge-kind';
import { judgeHealthRoute } from './health/judge-probe';
import { readModelNames } from './server/model-name';
import { askRoute, type ProbeAnswer, wordsOf } from './server/probe-answer';
import { routeUrl } from './connection/remote-endpoint';
import { faultOfServer, retrySeconds } from './server/server-fault';
import { quoteServer } from './server/server-words';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();

/** Texts that a model server can send and an expression can lose itself in, each about `size` characters long. */
const HOSTILE: readonly (readonly [what: string, make: (size: number) => string])[] = [
  ['a text that was cut, full of quotes', (size) => `{"error":"${'\\"'.repeat(size / 2)}`],
  ['such a text with a number that is none', (size) => `{"a":NaN,"error":"${'\\"'.repeat(size / 2)}`],
  ['quotes', (size) => '"'.repeat(size)],
  ['backslashes', (size) => `{"a":NaN,"b":"${'\\'.repeat(size)}`],
  ['backslashes and quotes in turn', (size) => `NaN"${'-\\"\\'.repeat(size / 4)}`],
  ['numbers that are none', (size) => `[${'NaN,-Infinity,'.repeat(size / 14)}`],
  ['signs', (size) => `[NaN,${'-'.repeat(size)}`],
  ['braces', (size) => '{"a":'.repeat(size / 5)],
  ['brackets', (size) => '['.repeat(size)],
  ['white space', (size) => `NaN${' '.repeat(size)}x`],
  ['line ends', (size) => `NaN${'\r\n'.repeat(size / 2)}x`],
  ['names of an owner', (size) => `NaN${'"owned_by" '.repeat(size / 11)}`],
  ['one name of an owner', (size) => `NaN"owned_by"${' '.repeat(size / 2)}:${' '.repeat(size / 2)}x`],
  ['colons', (size) => ': a'.repeat(size / 3)],
  ['slashes', (size) => `${'/'.repeat(size)}x`],
  ['digits', (size) => `${'1'.repeat(size)}x`],
];

const SIZE = 320_000;
const facts = { host: 'host:1', hasKey: false, secrets: [] };
const answer = (text: string): ProbeAnswer => ({ kind: 'answer', status: 200, text, isPage: false, server: '' });
const message = (text: string) => ({ message: text, type: text });

const READERS: readonly (readonly [who: string, read: (text: string) => unknown])[] = [
  ['readJson', readJson],
  ...(['openai-chat', 'openai-completions', 'llama-server', 'ollama', 'tgi', 'text', 'sse'] as const).flatMap((protocol) => {
    const dialect = dialectOf(protocol);
    return [
      [`the events of ${protocol}`, (text: string) => [dialect.readEvent({ data: text }), dialect.readEvent({ event: 'error', data: text })]] as const,
      [`whole answers of ${protocol}`, (text: string) => dialect.readWhole(text)] as const,
      [
        `refusals of ${protocol}`,
        (text: string) => [`unknown ${text}`, text].map((said) => readComplaint({ message: said, status: 400 }, { top_k: 1, temperature: 1 }, dialect)),
      ] as const,
    ];
  }),
  ['the list of models', (text) => [readModelNames(text), kindByModels(text), versionRouteOf(answer(text))]],
  ['the identity', (text) => identify(answer(text), answer(text), {})],
  ['the kind', (text) => kindByRoutes({ version: text, info: text, openapi: text })],
  ["a health route's words", (text) => [wordsOf(text), judgeHealthRoute(answer(text), '/health', facts)]],
  ['a failure', (text) => faultOfServer(message(text), facts)],
  ['Retry-After', (text) => retrySeconds(text, 0)],
  ['a content type', (text) => framingOf(text, { framing: 'events' })],
  ['an address', (text) => routeUrl(new URL('http://host:1/x'), `/${text}`)],
];

describe('What a model server says takes time that grows with its length only', () => {
  it.each(READERS)('in %s', (_, read) => {
    const grown = HOSTILE.map(([what, make]) => [what, growthOf(read, make, SIZE)] as const);
    expect(grown.filter(([, growth]) => growth > LINEAR)).toEqual([]);
  });

  it('and no more for a conversation of a thousand messages that it must not repeat', () => {
    const secrets = Array.from({ length: 1_000 }, (_, n) => `message number ${n}, `.repeat(20));
    const says = (size: number) => 'message number '.repeat(size / 15);
    expect(growthOf((text: string) => quoteServer(text, secrets), says, 5 * SIZE, LEVEL)).toBeLessThan(LEVEL);
  });

  it('in lines that come byte by byte', () => {
    const read = (bytes: Uint8Array) => {
      const decoder = new LineDecoder(() => undefined);
      for (let at = 0; at < bytes.length; at++) decoder.push(bytes.subarray(at, at + 1));
      decoder.end();
    };
    expect(growthOf(read, (size) => new Uint8Array(size).fill(0x78), SIZE)).toBeLessThan(LINEAR);
  });
});

describe('What a model server says of itself', () => {
  const list = (count: number) => `{"data":[${Array.from({ length: count }, (_, n) => `{"id":"m${n}","owned_by":"x"}`).join(',')}]}`;

  it('is read where it lists thousands of models', () => {
    expect(readModelNames(list(5_000))).toHaveLength(5_000);
  });

  it.each([
    ['hundreds of thousands of models', list(100_000)],
    ['a million things', `{"data":[${'{},'.repeat(1_000_000)}{}]}`],
    ['a million lists in each other', '['.repeat(1_000_000)],
  ])('is not read where it holds %s: others would wait for seconds', async (_, text) => {
    expect(readModelNames(text)).toBeNull();
    const server = await startMisbehavingServer((connection) => connection.write(wholeResponse(200, 'application/json', text)));
    closeLater(() => server.close());
    const client = new UpstreamClient(UNHURRIED);
    closeLater(() => client.destroy());
    await expect(askRoute({ url: server.url }, { path: '/v1/models', withKey: false }, client, patient())).resolves.toMatchObject({
      status: 200,
      text: '',
    });
  });
});
