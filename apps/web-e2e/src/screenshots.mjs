// `npm run screenshots`: takes every state of the page at four widths, light and dark, into tmp/screenshots.
// The server behind the page is a stand-in with fixed answers, so that two runs can be compared.
// Arguments narrow it down: `npm run screenshots -- streaming 1280 dark`.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium-path.mjs';
import { startStandIn } from './screenshot-server.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'tmp', 'screenshots');
const wanted = process.argv.slice(2);

const SIZES = { 360: { width: 360, height: 740 }, 768: { width: 768, height: 1024 }, 1280: { width: 1280, height: 800 }, 2560: { width: 2560, height: 1300 } };

const ask = async (page, prompt) => {
  await page.getByRole('textbox', { name: 'Ask both models' }).fill(prompt);
  await page.getByRole('button', { name: 'Send' }).click();
};
/** Sends a chat message and waits a while, or until it is answered. */
const say = async (page, prompt, ms) => {
  const box = page.getByRole('textbox', { name: /^Message/ });
  await box.fill(prompt);
  await page.getByRole('button', { name: 'Send' }).click();
  if (ms) await page.waitForTimeout(ms);
  else await page.locator('tandem-answer').last().getByRole('button', { name: 'Regenerate' }).waitFor();
};
const idle = (page) => page.getByRole('button', { name: 'Stop all' }).waitFor({ state: 'detached' });
/** What has a button of its own where there is room for it. */
const fromMore = async (page, name) => {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' });
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  return page.getByRole('menuitem', { name }).click();
};
/** Where one pane is in view at a time, the right one. */
const showDerived = async (page) => {
  const tab = page.getByRole('tab', { name: /Two Delta/ });
  if (await tab.isVisible()) await tab.click();
};

/** Takes a picture along, made here. */
const show = async (page, name, colour) => {
  const url = await page.evaluate((fill) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 });
    const context = canvas.getContext('2d');
    context.fillStyle = fill;
    for (let bar = 0; bar < 8; bar++) context.fillRect(20 + bar * 36, 180 - bar * 18, 24, 20 + bar * 18);
    return canvas.toDataURL();
  }, colour);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), more(page, 'Add images')]);
  await chooser.setFiles({ name, mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1], 'base64') });
  await page.getByRole('img', { name }).waitFor();
};
const more = async (page, item) => {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
/** Presets and prompts, as a person may have saved them. */
const keepLibrary = async (page) => {
  await page.evaluate(() => {
    const parameters = { temperature: 0.7, top_p: 0.9, top_k: 50, repetition_penalty: 1.1, max_tokens: 512, seed: null, stop: [] };
    const presets = [
      { id: '1', name: 'Reviewer', system: 'You review code. Say what is wrong first, then why.', parameters: { ...parameters, temperature: 0 } },
      { id: '2', name: 'As it comes', system: '', parameters },
    ];
    const prompts = [
      'What does this code do?',
      'Write a haiku about:\n- rivers\n- tides',
      'Summarise the following text in three sentences, for someone in a hurry.',
    ];
    localStorage.setItem('tandem.chat.presets', JSON.stringify(presets));
    localStorage.setItem('tandem.chat.prompts', JSON.stringify(prompts.map((text, at) => ({ id: `${at}`, text }))));
  });
  await page.reload();
  await page.getByRole('textbox', { name: /^Message/ }).waitFor();
};

/** Asks, and shows both answers by how they differ. */
const compared = async (page, prompt, view) => {
  await ask(page, prompt);
  await idle(page);
  await showDerived(page);
  const list = page.getByRole('combobox', { name: 'View' });
  if (await list.isVisible()) await list.selectOption(view);
  else await page.getByRole('radio', { name: view }).check();
  await page.locator('.marked-caption:visible').first().waitFor();
};

/** What to do on a fresh page to bring it into each state. */
const STATES = {
  empty: async () => undefined,
  picker: (page) => page.getByRole('button', { name: /^Baseline model/ }).click(),
  parameters: (page) => page.getByRole('button', { name: 'Parameters' }).click(),
  invalid: async (page) => {
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByLabel('Temperature').fill('3');
  },
  loading: (page) => ask(page, 'loading'),
  queued: (page) => ask(page, 'queued'),
  streaming: async (page) => {
    await ask(page, 'streaming');
    await page.waitForTimeout(700);
  },
  done: async (page) => {
    await ask(page, 'short');
    await idle(page);
    await ask(page, 'rich');
    await idle(page);
  },
  thinking: async (page) => {
    await ask(page, 'thinking');
    await showDerived(page);
    await page.locator('summary').last().click();
  },
  tools: async (page) => {
    await ask(page, 'tools');
    await idle(page);
  },
  stopped: async (page) => {
    await ask(page, 'streaming');
    await page.waitForTimeout(600);
    await page.getByRole('button', { name: 'Stop all' }).click();
  },
  waiting: async (page) => {
    await ask(page, 'waiting');
    await page
      .getByText(/waiting \d/)
      .first()
      .waitFor();
  },
  nothing: async (page) => {
    await ask(page, 'nothing');
    await idle(page);
  },
  undo: async (page) => {
    await ask(page, 'short');
    await idle(page);
    await fromMore(page, 'New comparison');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  },
  targets: async (page) => {
    await page.getByRole('textbox', { name: 'Ask both models' }).fill('short');
    await page.getByRole('button', { name: 'Ask one side' }).click();
  },
  'more-menu': async (page) => {
    const button = page.getByRole('button', { name: 'More', exact: true });
    if (await button.isVisible()) await button.click();
  },
  details: (page) =>
    page
      .getByRole('button', { name: /^About/ })
      .first()
      .click(),
  unknown: async () => undefined,
  settings: (page) => page.getByRole('button', { name: 'Settings' }).click(),
  priced: async (page) => {
    await ask(page, 'edited');
    await idle(page);
  },
  'priced-empty': async () => undefined,
  'priced-details': (page) =>
    page
      .getByRole('button', { name: /^About/ })
      .first()
      .click(),
  failed: async (page) => {
    await ask(page, 'failed');
    await idle(page);
    await showDerived(page);
  },
  history: async (page) => {
    await ask(page, 'short');
    await idle(page);
    await fromMore(page, 'Earlier comparisons');
    await page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem').first().waitFor();
  },
  stacked: async (page) => {
    if (await page.getByRole('button', { name: 'More', exact: true }).isVisible()) await fromMore(page, 'Stack by turn');
    await ask(page, 'short');
    await idle(page);
  },
  unlinked: async (page) => {
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByRole('switch', { name: 'The same for both sides' }).click();
    await page.getByRole('group', { name: 'Two Delta' }).getByLabel('Temperature').fill('0.2');
  },
  alone: async (page) => {
    await page.getByRole('textbox', { name: 'Ask both models' }).fill('short');
    await page.getByRole('button', { name: 'Ask one side' }).click();
    await page.getByRole('menuitem', { name: 'Ask Baseline alone' }).click();
    await idle(page);
  },
  words: (page) => compared(page, 'edited', 'Words'),
  sentences: (page) => compared(page, 'edited', 'Sentences'),
  unlike: (page) => compared(page, 'short', 'Words'),
  'words-stacked': async (page) => {
    if (await page.getByRole('button', { name: 'More', exact: true }).isVisible()) await fromMore(page, 'Stack by turn');
    await compared(page, 'edited', 'Words');
  },
  'words-print': async (page) => {
    await compared(page, 'edited', 'Words');
    await page.emulateMedia({ media: 'print' });
  },
  'words-forced': async (page) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await compared(page, 'edited', 'Words');
  },
  print: async (page) => {
    await ask(page, 'rich');
    await idle(page);
    await page.emulateMedia({ media: 'print' });
  },
  // a phone has no button for it
  help: (page) => page.keyboard.press('?'),
  'sign-in': async () => undefined,
  'config-kept': async () => undefined,
  emptied: async (page) => {
    await ask(page, 'emptied');
    await idle(page);
    await showDerived(page);
  },
  'history-undo': async (page) => {
    await STATES.history(page);
    await page
      .getByRole('button', { name: /^More for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  },
  composing: (page) => page.getByRole('textbox', { name: 'Ask both models' }).fill('Line one\n'.repeat(9)),
  unreachable: async () => undefined,
  troubled: showDerived,
  'own-empty': async () => undefined,
  'own-picker': (page) => page.getByRole('button', { name: /^Baseline model/ }).click(),
  'own-converting': (page) => ask(page, 'converting'),
  'own-refused': showDerived,
  'chat-own-empty': async () => undefined,
  'chat-own-converting': (page) => say(page, 'converting', 300),
  'models-own-all': (page) => page.getByRole('table').waitFor(),
  'chat-empty': async () => undefined,
  'chat-done': async (page) => {
    await say(page, 'short');
    await say(page, 'rich');
  },
  'chat-streaming': (page) => say(page, 'streaming', 700),
  'chat-thinking': async (page) => {
    await say(page, 'thinking', 700);
    await page.locator('summary').last().click();
  },
  'chat-tools': (page) => say(page, 'tools'),
  'chat-loading': (page) => say(page, 'loading', 300),
  'chat-failed': (page) => say(page, 'failed'),
  'chat-editing': async (page) => {
    await say(page, 'short');
    await page.locator('tandem-question').hover();
    await page.getByRole('button', { name: 'Edit message' }).click();
  },
  'chat-parameters': async (page) => {
    await say(page, 'short');
    await page.getByRole('button', { name: 'Parameters' }).click();
  },
  'chat-missing': (page) => page.goto(`${standIn.address}chat/xyz`),
  'chat-presets': async (page) => {
    await keepLibrary(page);
    await more(page, 'Presets');
  },
  'chat-prompts': async (page) => {
    await keepLibrary(page);
    await page.getByRole('textbox', { name: /^Message/ }).fill('Explain like I am five why the sky is blue.');
    await more(page, 'Prompts');
    await page.getByRole('button', { name: /^Delete What/ }).click();
  },
  'chat-slash': async (page) => {
    await keepLibrary(page);
    await page.getByRole('textbox', { name: /^Message/ }).fill('/');
    await page.keyboard.press('ArrowDown');
  },
  'chat-images': async (page) => {
    await show(page, 'a-chart.png', 'steelblue');
    await say(page, 'short');
    await show(page, 'another.png', 'peru');
    await page.getByRole('textbox', { name: /^Message/ }).fill('And what is on this one?');
  },
  'chat-conversations': async (page) => {
    await say(page, 'short');
    const list = page.getByRole('button', { name: 'Conversations', exact: true });
    if ((await list.getAttribute('aria-expanded')) === 'false') await list.click();
    await page
      .getByRole('button', { name: /^More for/ })
      .first()
      .click();
  },
  keep: async (page) => {
    await ask(page, 'short');
    await idle(page);
    await fromMore(page, /^Keep/);
    await page.getByRole('dialog', { name: 'Keep and share' }).waitFor();
  },
  kept: async (page) => {
    await STATES.keep(page);
    await page.getByRole('dialog').getByRole('button', { name: /^Keep/ }).click();
    await page.getByRole('dialog').getByRole('link').waitFor();
  },
  voted: async (page) => {
    await STATES.kept(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'right', exact: true }).click();
    await page.getByText('Votes on this pair').waitFor();
  },
  'vote-asks': async (page) => {
    await ask(page, 'short');
    await idle(page);
    await page.getByRole('button', { name: 'right', exact: true }).click();
  },
  'history-server': async (page) => {
    await fromMore(page, 'Earlier comparisons');
    await page.getByRole('radio', { name: 'On the server' }).check();
    await page.getByRole('region', { name: 'Comparisons' }).getByRole('listitem').first().waitFor();
  },
  blind: async (page) => {
    await fromMore(page, /^Blind/);
    await ask(page, 'short');
    await idle(page);
  },
  'blind-seen': async (page) => {
    await STATES.blind(page);
    await page.getByRole('button', { name: 'right', exact: true }).click();
    await page
      .getByText(/^Asked blind/)
      .first()
      .waitFor();
  },
  comparisons: (page) => page.getByRole('table').waitFor(),
  'comparisons-one': async (page) => {
    await page.getByRole('link', { name: /^After the second epoch/ }).click();
    await page.getByRole('group', { name: 'Which answer is better?' }).first().waitFor();
  },
  'comparisons-missing': (page) => page.goto(`${standIn.address}comparisons/gone`),
  'models-add': async (page) => {
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByRole('dialog').getByText('More', { exact: true }).click();
  },
  models: (page) => page.getByRole('table').waitFor(),
  'models-detail': (page) => page.getByRole('link', { name: 'Large 70B', exact: true }).click(),
  'not-found': (page) => page.getByRole('heading', { name: /^There is no page/ }).waitFor(),
  'models-unload': (page) => page.getByRole('button', { name: 'Unload: Tandem tiny chat' }).click(),
  runs: (page) => page.getByRole('table').waitFor(),
  'runs-empty': async () => undefined,
  'runs-off': async () => undefined,
  'runs-new': (page) => page.getByRole('radio', { name: /^general/ }).waitFor(),
  'runs-new-several': async (page) => {
    await page.getByRole('radio', { name: 'Several models' }).check();
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByText('Sampling parameters').click();
  },
  'runs-new-refused': async (page) => {
    await page.getByRole('button', { name: 'Paste prompts' }).click();
    await page.getByLabel(/^Prompts, one a line/).fill('{"prompt": "One"}');
    await page.getByRole('button', { name: 'Use these prompts' }).click();
    await page.getByText('Line 3, check').scrollIntoViewIfNeeded();
  },
  'runs-going': (page) => page.getByRole('table', { name: 'Items' }).waitFor(),
  'runs-done': (page) => page.getByRole('table', { name: 'Items' }).waitFor(),
  'runs-several': (page) => page.getByRole('table', { name: 'Items' }).waitFor(),
  'runs-table': async (page) => {
    await page
      .getByRole('row', { name: /rivers/ })
      .first()
      .scrollIntoViewIfNeeded();
    await page.mouse.move(200, 400);
    await page.mouse.wheel(0, 1_500);
  },
  'runs-item': (page) =>
    page
      .getByRole('button', { name: /^How many legs/ })
      .first()
      .click(),
  'runs-item-words': async (page) => {
    await page
      .getByRole('button', { name: /^What is the capital/ })
      .first()
      .click();
    await page.getByRole('radio', { name: 'Words' }).check();
    await page.locator('.marked-caption:visible').first().waitFor();
  },
  'runs-gone': async () => undefined,
};

/** Which page a state is one of. */
const pathOf = (state) => ['chat', 'models', 'runs', 'comparisons', 'not-found'].find((name) => state.startsWith(name)) ?? '';

/** What the server says otherwise in a state. */
const ANSWERED = {
  'sign-in': { '/api/session': { status: 'success', required: true, signed_in: false } },
  'config-kept': {
    '/api/config': {
      ...{ status: 'success', source: 'file', version: '0', etag: null, loaded_at: '2026-11-20T12:00:00Z', next_refresh_at: null },
      counts: { baseline: 1, twodelta: 1, local: 3 },
      last_error: {
        code: 'config_invalid',
        message: 'config.json, baseline_models[0].endpoint: must be host:port or a URL. Correct it.',
        at: '2026-11-20T12:05:00Z',
      },
    },
  },
};

/** Which run a state is one of. */
const RUNS = {
  ...{ 'runs-new': 'new', 'runs-new-several': 'new', 'runs-new-refused': 'new', 'runs-going': 'going', 'runs-done': 'done' },
  ...{ 'runs-several': 'several', 'runs-table': 'large', 'runs-item': 'done', 'runs-item-words': 'done', 'runs-gone': 'gone' },
};
const runOf = (state) => RUNS[state];

mkdirSync(folder, { recursive: true });
const standIn = await startStandIn();
const troubled = await startStandIn('troubled');
const own = await startStandIn('own');
const priced = await startStandIn('priced');
const empty = await startStandIn('empty');
const off = await startStandIn('off');
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
/** Those of `all` that were asked for by name; all, where none was. */
const pick = (all) => (all.some((name) => wanted.includes(name)) ? all.filter((name) => wanted.includes(name)) : all);

for (const width of pick(Object.keys(SIZES))) {
  for (const colorScheme of pick(['light', 'dark'])) {
    for (const state of pick(Object.keys(STATES))) await take(state, width, colorScheme);
  }
}
await browser.close();
standIn.close();
troubled.close();
own.close();
priced.close();
empty.close();
off.close();

function addressOf(state) {
  if (state === 'troubled') return `${troubled.address}?baseline=base-8b&twodelta=tuned-8b`;
  if (state.startsWith('priced')) return `${priced.address}?baseline=large-70b&twodelta=small-8b`;
  if (state === 'models-detail') return `${priced.address}models`;
  if (state === 'unknown') return `${standIn.address}?baseline=gone&twodelta=lost`;
  if (state === 'not-found') return `${standIn.address}nowhere`;
  if (state === 'chat-images') return `${troubled.address}chat?model=base-8b`;
  if (state === 'runs-empty') return `${empty.address}runs`;
  if (state === 'runs-off') return `${off.address}runs`;
  if (runOf(state)) return `${standIn.address}runs/${runOf(state)}`;
  if (!state.includes('own-')) return standIn.address + pathOf(state);
  const query =
    { chat: '?model=pretrain/best.pt', models: '' }[pathOf(state)] ??
    `?baseline=pretrain/best.pt&twodelta=${state === 'own-refused' ? 'rl_grpo/last.pt' : 'sft/best.pt'}`;
  return own.address + pathOf(state) + query;
}

async function take(state, width, colorScheme) {
  const context = await browser.newContext({ viewport: SIZES[width], colorScheme, hasTouch: width === '360', isMobile: width === '360' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`${state}: ${error.message}`));
  if (state === 'unreachable') await page.route(/\/api\//, (route) => route.abort());
  for (const [path, json] of Object.entries(ANSWERED[state] ?? {})) await page.route(`**${path}`, (route) => route.fulfill({ json }));
  await page.goto(addressOf(state));
  await (
    ['models', 'runs', 'comparisons', 'not-found'].includes(pathOf(state)) || state === 'sign-in'
      ? page.getByRole('heading', { level: 1 })
      : page.getByRole('textbox', { name: /^(Ask both models|Message)/ })
  ).waitFor();
  await page.waitForTimeout(150);
  await STATES[state](page);
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(folder, `${state}-${width}-${colorScheme}.png`) });
  await context.close();
}
