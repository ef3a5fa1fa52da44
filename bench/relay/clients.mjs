// Many readers of one server, in a process of their own, over bare sockets: what they cost must not be in the figures.
// Takes one job as JSON on the command line, prints what it saw as JSON: tokens, streams complete, lags in microseconds. With
// `steadyMs` it prints the tokens so far once that time has passed since the last stream was begun, and again after as long.
import { connect } from 'node:net';

const { port, path, body, streams, rampMs = 1_000, pace = 'all', bytesPerSecond = 1_024, seconds, steadyMs } = JSON.parse(process.argv[2]);
/** Lags are taken from one stream in ten: enough for a percentile, and it keeps the readers quick. */
const SAMPLED = 10;

const payload = JSON.stringify(body);
const request = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(payload)}\r\nConnection: close\r\n\r\n${payload}`;
const lags = [];
let tokens = 0;
/** Those of streams that are still open too. */
let tokensSoFar = 0;
let complete = 0;
/** Lags count from half a second after all streams were begun: beginning one is work of another kind. */
let isSteady = false;
const SETTLE_MS = 500;
const perStream = [];
/** What those that were not complete ended with, and how many. */
const failures = {};

function read(n) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const isSample = n % SAMPLED === 0 || streams === 1;
    let own = 0;
    let tail = '';
    let hasEnded = false;
    socket.on('data', (bytes) => {
      const isSampled = isSample && isSteady;
      const now = isSampled ? Number(process.hrtime.bigint() / 1000n) : 0;
      const text = tail + bytes.toString('latin1');
      let at = 0;
      for (let found = text.indexOf('t=', at); found !== -1; found = text.indexOf('t=', at)) {
        const end = text.indexOf(';', found);
        // a header may hold the letters too
        const sentUs = Number(text.slice(found + 2, end === -1 ? undefined : end));
        at = found + 2;
        if (Number.isNaN(sentUs)) continue;
        if (end === -1) {
          at = found;
          break;
        }
        if (isSampled) lags.push(now - sentUs);
        own += 1;
        tokensSoFar += 1;
        at = end;
      }
      hasEnded ||= text.includes('"finish_reason":"stop"', Math.max(0, at - 1));
      tail = text.slice(Math.max(at, text.length - 512));
      // some keep the connection whatever they were asked
      if (hasEnded) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      tokens += own;
      perStream.push(own);
      if (hasEnded) complete += 1;
      else if (!seconds) {
        const why = /"code":"(\w+)"/.exec(tail)?.[1] ?? (own === 0 ? 'no answer' : 'cut off');
        failures[why] = (failures[why] ?? 0) + 1;
      }
      resolve();
    });
    if (pace === 'stopped') socket.pause();
    if (pace === 'slow') {
      socket.pause();
      // a slow line: so much, then nothing for a second
      const timer = setInterval(() => {
        const piece = socket.read(bytesPerSecond) ?? socket.read();
        if (piece) socket.emit('data', piece);
      }, 1_000);
      socket.on('close', () => clearInterval(timer));
      socket.removeAllListeners('readable');
      socket.on('readable', () => undefined);
    }
    if (seconds) setTimeout(() => socket.destroy(), seconds * 1_000);
  });
}

const all = [];
for (let n = 0; n < streams; n += 1) {
  all.push(read(n));
  if (rampMs > 0 && n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, (rampMs * 10) / streams));
}
setTimeout(() => (isSteady = true), SETTLE_MS).unref();
const mark = () => console.log(JSON.stringify({ tokens: tokensSoFar }));
for (const turn of steadyMs ? [1, 2] : []) setTimeout(mark, turn * steadyMs).unref();
await Promise.all(all);
lags.sort((a, b) => a - b);
const at = (share) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? null;
console.log(
  JSON.stringify({ tokens, complete, streams, fewest: Math.min(...perStream), most: Math.max(...perStream), failures, p50Us: at(0.5), p99Us: at(0.99) }),
);
