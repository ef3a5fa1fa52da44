// `npm run bench`: prints how fast the demo pair answers side by side, how smooth the page is while both panes stream,
// and how heavy it is. Needs a build (`npm run build`) and Chromium; nothing here is a test.
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HOSTILE } from '../apps/web-e2e/src/hostile-texts.mjs';
import { measurePage } from './page.mjs';
import { measurePair } from './pair.mjs';
import { withServer } from './server.mjs';
import { startUpstream } from './upstream.mjs';
import { measureWeight } from './weight.mjs';

/** What a person needs at least to open the page and type; the engine is up by then. */
const FIRST_PROMPT_MS = 3_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

console.log('Both demo checkpoints at once, through the HTTP API:');
await withServer({}, async (origin) => {
  await delay(FIRST_PROMPT_MS);
  console.table(await measurePair(origin));
});

console.log('The page in Chromium while it streams from a stand-in server:');
const rows = [];
for (const [what, load, place] of [
  ['200 tokens/s each', { tokensPerSecond: 200, tokens: 3_000 }, 'compare'],
  ['20,000 tokens each', { tokensPerSecond: 1_000, tokens: 20_000 }, 'compare'],
  ['1,500 tokens/s', { tokensPerSecond: 1_500, tokens: 15_000 }, 'chat'],
  ...HOSTILE.map(([name, text]) => [`made to hurt: ${name}`, { tokensPerSecond: 4_000, text: `Before.\n\n${text}\n\nThen **after**.\n` }, 'chat']),
]) {
  const upstream = await startUpstream(load);
  const models = JSON.stringify([{ name: 'Stand-in', endpoint: upstream.endpoint }]);
  await withServer({ BASELINE_MODELS: models, TWODELTA_MODELS: models }, async (origin) => rows.push(await measurePage(origin, what, place)));
  upstream.close();
}
console.table(rows);

console.log('What the browser loads first, compressed:');
console.table(await measureWeight('dist/apps/web/browser'));
