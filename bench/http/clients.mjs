import { Agent, request } from 'undici';

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** What one question costs, again and again, from as many clients at once as wanted; each keeps its connection. */
export async function load({ url, body, clients, seconds }) {
  const dispatcher = new Agent({ connections: clients, pipelining: 1 });
  const payload = JSON.stringify(body);
  const times = [];
  let failures = 0;
  const ask = async () => {
    const start = performance.now();
    const answer = await request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: payload, dispatcher });
    const text = await answer.body.text();
    times.push(performance.now() - start);
    if (answer.statusCode !== 200 || !text.includes('.')) failures += 1;
  };
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) await ask();
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  await dispatcher.close();
  times.sort((one, other) => one - other);
  return {
    count: times.length,
    perSecond: times.length / elapsed,
    medianMs: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    longestMs: times.at(-1),
    failures,
  };
}
