import { buffer, text } from 'node:stream/consumers';
import { axeFindings } from './axe-findings';
import { ChatDriver } from './chat-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

const CHAT = 'Tandem tiny chat';
const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

describe('the chat page', () => {
  let slow: Echo;
  const { app, open } = usePage(async () => {
    const toolFor = (message: string) => (message === 'weather?' ? { name: 'get_weather', arguments: '{"city":"Paris","days":2}' } : undefined);
    slow = await startEcho({ tokensPerSecond: 50, toolFor, answerTo: (message) => (message === 'nothing' ? '' : message) });
    return {
      BASELINE_MODELS: JSON.stringify([
        { name: 'Echo', endpoint: slow.endpoint },
        { name: 'Gone', endpoint: '127.0.0.1:9' },
      ]),
      TWODELTA_MODELS: JSON.stringify([{ name: CHAT, endpoint: 'local:sft/tandem-tiny-chat.gguf', parameters: { temperature: 0 } }]),
    };
  });
  afterAll(() => slow.close());

  const openChat = async (path = '/chat', options: Parameters<typeof open>[0] = {}): Promise<ChatDriver> => {
    const { page } = await open(options);
    return new ChatDriver(page, app().url).goto(path);
  };

  it('answers with a local model, under its name and with its speed', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    expect(await chat.ask('What is Tandem?')).toMatch(/Tandem/);
    expect(await chat.answers.last().getByRole('heading', { level: 2 }).innerText()).toBe(CHAT);
    expect(await chat.answers.last().locator('tandem-readouts').innerText()).toMatch(/tok\/s/);
    expect(chat.page.url()).toMatch(/\/chat\/[\w-]+$/);
    await chat.conversation('What is Tandem?').waitFor();
  });

  it('knows what was said before', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('first words');
    const request = chat.page.waitForRequest(/\/stream$/);
    await chat.say('second words');
    expect((await request).postDataJSON().messages.map(({ content }: { content: string }) => content.trim())).toEqual([
      'first words',
      'first words',
      'second words',
    ]);
  });

  it('shows code that can be copied', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.composer.fill('```js\nconst a = 1;\n```');
    await chat.button('Send').click();
    await chat.untilState(/^done/);
    await chat.answers.last().locator('.hljs-keyword').waitFor();
    expect(await chat.answers.last().getByRole('button', { name: /copy/i }).count()).toBeGreaterThan(1);
  });

  it('begins with the model that a link names', async () => {
    const chat = await openChat('/chat?model=echo');
    await chat.page.getByRole('button', { name: 'Chat model: Echo' }).waitFor();
    expect(new URL(chat.page.url()).search).toBe('');
  });

  it('loses nothing to a reload', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    const answer = await chat.ask('What is a token?');
    await chat.page.reload();
    await chat.untilState(/^done/);
    expect(await chat.lastText()).toBe(answer);
    expect(await chat.questions.last().innerText()).toContain('What is a token?');
  });

  it('goes on with an answer when the page is reloaded in its middle: it is whole, and was asked for once', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const asked = slow.asked();
    await chat.say(words(120));
    await chat.untilText(/word40\b/);
    await chat.page.reload();
    await chat.untilText(/word40\b/);
    await chat.untilState(/^\s*done/);
    expect(await chat.lastText()).toBe(words(120).trim());
    expect(slow.asked()).toBe(asked + 1);
    await chat.page.reload();
    await chat.untilState(/^\s*done/);
    expect(await chat.lastText()).toBe(words(120).trim());
  });

  it('stops an answer after a reload, at the model', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const cancelled = slow.cancelled();
    await chat.say(words(400));
    await chat.untilText(/word20\b/);
    await chat.page.reload();
    await chat.button('Stop').click();
    await chat.untilState(/stopped by you/);
    for (const deadline = Date.now() + 3_000; slow.cancelled() === cancelled && Date.now() < deadline;) await chat.page.waitForTimeout(20);
    expect(slow.cancelled()).toBe(cancelled + 1);
    expect(await chat.lastText()).toMatch(/word0 word1 .*word20/s);
  });

  it('keeps what there was of an answer that the server has nothing of any more, and can go on with it', async () => {
    const chat = await openChat('/chat', { expects: /404/ });
    await chat.choose('Echo');
    await chat.say(words(300));
    await chat.untilText(/word40\b/);
    await chat.page.route('**/stream/*', (route) => (route.request().method() === 'GET' ? route.fulfill({ status: 404, json: {} }) : route.continue()));
    await chat.page.reload();
    await chat.untilState(/interrupted/);
    expect(await chat.lastText()).toMatch(/word0 word1 .*word40/s);
    await chat.button('Continue').waitFor();
  });

  it('goes on with an answer that ended at its limit', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    await chat.setParameter('Max tokens', '5');
    await chat.say('What is Tandem?');
    await chat.untilState(/token limit/);
    const begun = await chat.lastText();
    await chat.setParameter('Max tokens', '200');
    await chat.button('Continue').click();
    await chat.untilState(/^\s*done\s*$/);
    const whole = await chat.lastText();
    expect(whole.startsWith(begun)).toBe(true);
    expect(whole.length).toBeGreaterThan(begun.length);
    expect(await chat.answers.count()).toBe(1);
  });

  it('shows the tool that an answer asks for, also after a reload', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.say('weather?');
    await chat.untilState(/asks for a tool/);
    const call = chat.answers.last().locator('tandem-tool-calls');
    expect(await call.locator('pre').innerText()).toBe('{\n  "city": "Paris",\n  "days": 2\n}');
    expect(await axeFindings(chat.page)).toEqual([]);
    await chat.page.reload();
    await call.getByText('get_weather').waitFor();
  });

  it('asks with a preset: saved, renamed, chosen, deleted and given back', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await chat.setParameter('Temperature', '0.2');
    await chat.more('Presets');
    await page.getByLabel('Save what this conversation is set to').fill('Cool');
    await page.keyboard.press('Enter');
    await chat.button('Rename Cool').click();
    await page.getByRole('textbox', { name: 'New name' }).fill('Cold');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Cold/, pressed: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.reload();
    await chat.setParameter('Temperature', '1');
    await chat.more('Presets');
    await page.getByRole('button', { name: /^Cold/, pressed: false }).click();
    const request = page.waitForRequest(/\/stream$/);
    await chat.say('how?');
    expect((await request).postDataJSON()).toMatchObject({ temperature: 0.2 });
    await chat.more('Presets');
    await chat.button('Delete Cold').click();
    await page.getByText('No preset yet.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Cold/, pressed: true }).waitFor();
  });

  it('lists saved prompts behind "/", for the keyboard and a screen reader alike', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    for (const prompt of ['Explain it.', 'Shorten it.\nTo one line.']) {
      await chat.composer.fill(prompt);
      await chat.more('Prompts');
      await chat.button('Save').click();
      await page.keyboard.press('Escape');
    }
    await chat.composer.fill('');
    await chat.composer.press('/');
    await page.getByRole('option', { name: 'Explain it.', selected: true }).waitFor();
    await chat.composer.press('ArrowDown');
    const active = page.getByRole('option', { name: 'Shorten it. To one line.', selected: true });
    await active.waitFor();
    expect(await chat.composer.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
    expect(await axeFindings(page)).toEqual([]);
    await chat.composer.press('Enter');
    await page.getByRole('listbox', { name: 'Saved prompts' }).waitFor({ state: 'detached' });
    expect(await chat.composer.inputValue()).toBe('Shorten it.\nTo one line.');
    expect(await chat.questions.count()).toBe(0);
  });

  it('shows images to a model that may take them, keeps them, and says where a model takes none', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 20 } });
    await chat.addImage({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await page.getByText('Whether Echo takes images is not known').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const request = page.waitForRequest(/\/stream$/);
    await chat.say('What is it?');
    const [said, image] = (await request).postDataJSON().messages[0].content;
    expect(said).toEqual({ type: 'text', text: 'What is it?' });
    expect(image.image_url.url).toBe(`data:image/png;base64,${png.toString('base64')}`);
    await page.reload();
    await chat.questions.first().getByRole('img', { name: 'dot.png' }).waitFor();
    await chat.choose(CHAT);
    await chat.addImage({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await page.getByText(`${CHAT} takes no images. Choose a model that does`).waitFor();
    expect(await chat.ask('What is Tandem?')).toMatch(/Tandem/);
  });

  it('makes a large image smaller, and says so', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 1000 });
      canvas.getContext('2d')?.fillRect(0, 0, 2000, 500);
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made));
      const files = new DataTransfer();
      files.items.add(new File([blob ?? ''], 'wide.png', { type: 'image/png' }));
      document.querySelector('textarea')?.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
    });
    await page.getByText(/Made smaller/).waitFor();
    await page.getByTitle('wide.png, 2,048 × 512 pixels, made smaller').waitFor();
    await chat.button('Take out wide.png').click();
    await page.getByRole('img', { name: 'wide.png' }).waitFor({ state: 'detached' });
  });

  it('says how long it waits, why an answer is empty, and why nothing can be sent', async () => {
    const chat = await openChat('/chat', { prepare: (page) => page.clock.install() });
    const { page } = chat;
    await chat.choose('Echo');
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/stream', (route) => held.then(() => route.continue()));
    await chat.say('nothing');
    await chat.untilState(/waiting/);
    await page.clock.fastForward('00:12');
    await chat.untilState(/waiting 1\d s/);
    letGo();
    await chat.answers
      .last()
      .getByText(/^Empty answer: the model ended at once/)
      .waitFor();
    await chat.page.goto(`${app().url}/chat?model=bsae`);
    await chat.composer.fill('Anybody?');
    await page.locator('tandem-composer').getByText('There is no model “bsae” here: choose another.').first().waitFor();
    expect(await chat.button('Send').isDisabled()).toBe(true);
  });

  it('stops the model, and keeps what it said', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const before = slow.cancelled();
    await chat.say(words(400));
    await chat.untilText(/word10\b/);
    await chat.page.keyboard.press('Escape');
    await chat.untilState(/stopped by you/);
    for (const deadline = Date.now() + 3_000; slow.cancelled() === before && Date.now() < deadline;) await chat.page.waitForTimeout(20);
    expect(slow.cancelled()).toBe(before + 1);
    expect(await chat.lastText()).toMatch(/word10\b/);
  });

  it('keeps every version of an answer', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('again');
    await chat.button('Regenerate').click();
    await chat.answers.last().getByText('Version 2 / of 2').waitFor();
    await chat.untilState(/^done/);
    await chat.answers.last().getByRole('button', { name: 'Previous version' }).click();
    await chat.answers.last().getByText('Version 1 / of 2').waitFor();
    expect((await chat.lastText()).trim()).toBe('again');
  });

  it('makes a branch of a message that is edited, and keeps the old one', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('one');
    await chat.ask('two');
    await chat.questions.first().hover();
    await chat.questions.first().getByRole('button', { name: 'Edit message' }).click();
    await chat.page.getByRole('textbox', { name: 'Edit your message' }).fill('uno');
    await chat.page.getByRole('textbox', { name: 'Edit your message' }).press('Enter');
    await chat.untilText(/uno/);
    await chat.untilState(/^done/);
    expect(await chat.questions.count()).toBe(1);
    await chat.questions.first().getByRole('button', { name: 'Previous version' }).click();
    await chat.untilText(/two/);
    expect(await chat.questions.count()).toBe(2);
  });

  it('labels each answer with the model that gave it', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('Who?');
    await chat.choose(CHAT);
    await chat.ask('What is Tandem?');
    expect(await chat.answers.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Echo', CHAT]);
  });

  it('clears a chat, and takes that back', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('remember me');
    const told = chat.page.waitForRequest(/\/api\/chat\/clear$/);
    await chat.more('Clear chat');
    expect((await told).postDataJSON()).toEqual({ conversation_id: chat.page.url().split('/').at(-1) });
    await chat.answers.first().waitFor({ state: 'detached' });
    await chat.button('Undo').click();
    await chat.untilText(/remember me/);
  });

  it('finds, renames, deletes and brings back conversations', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('apples and pears');
    await chat.page.getByRole('link', { name: 'New chat' }).click();
    await chat.questions.first().waitFor({ state: 'detached' });
    await chat.ask('plums');
    await chat.page.getByRole('searchbox', { name: 'Search conversations' }).fill('pears');
    await chat.conversation('plums').waitFor({ state: 'detached' });
    await chat.page.getByRole('searchbox', { name: 'Search conversations' }).fill('');
    await chat.menu('plums', 'Rename');
    await chat.page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Stone fruit');
    await chat.page.keyboard.press('Enter');
    await chat.conversation('Stone fruit').waitFor();
    await chat.menu('Stone fruit', 'Delete');
    await chat.conversation('Stone fruit').waitFor({ state: 'detached' });
    await chat.button('Undo').click();
    await chat.conversation('Stone fruit').click();
    await chat.untilText(/plums/);
  });

  it('comes back to the open conversation when its deletion is undone', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('do not lose me');
    const { pathname } = new URL(chat.page.url());
    await chat.menu('do not lose me', 'Delete');
    await chat.answers.first().waitFor({ state: 'detached' });
    await chat.button('Undo').click();
    await chat.untilText(/do not lose me/);
    expect(new URL(chat.page.url()).pathname).toBe(pathname);
  });

  it('says of an address that leads to no conversation what it is, and offers ways out', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('known');
    const { page } = chat;
    await page.goto(`${app().url}/chat/xyz`);
    await page.getByRole('heading', { name: 'This conversation is not here' }).waitFor();
    expect(await page.title()).toBe('Conversation not here · Tandem');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Latest: known' }).click();
    await chat.untilText(/known/);
    await page.goBack();
    await page.locator('tandem-missing').getByRole('link', { name: 'New chat' }).click();
    await chat.composer.waitFor();
  });

  it('says of a link to a model that never was which one it is', async () => {
    const chat = await openChat('/chat', { expects: /^$/ });
    await chat.page.goto(`${app().url}/chat?model=bsae`);
    await chat.page.locator('tandem-chat-head').getByText('There is no model “bsae” here: choose another.').waitFor();
  });

  it('prints the whole chat, and nothing else', async () => {
    const chat = await openChat('/chat', { viewport: { width: 800, height: 480 } });
    await chat.choose('Echo');
    for (const said of ['first', words(40), words(40), 'last']) await chat.ask(said);
    await chat.page.emulateMedia({ media: 'print' });
    await chat.composer.waitFor({ state: 'hidden' });
    const page = await chat.page.evaluate(() => document.documentElement.scrollHeight);
    expect((await chat.questions.first().boundingBox())?.y).toBeGreaterThanOrEqual(0);
    const last = await chat.answers.last().boundingBox();
    expect(page).toBeGreaterThanOrEqual((last?.y ?? Infinity) + (last?.height ?? 0));
    expect(await chat.page.locator('#conversations').isVisible()).toBe(false);
  });

  it('marks its title when an answer ends while nobody looks', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const look = (isHidden: boolean): Promise<void> =>
      chat.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await chat.say(words(20));
    await chat.untilText(/word2\b/);
    await look(true);
    await chat.page.waitForFunction(() => document.title.startsWith('(1) word0'));
    await look(false);
    await chat.page.waitForFunction(() => document.title.startsWith('word0'));
  });

  it('renames on a phone, where the list covers the page', async () => {
    const chat = await openChat('/chat', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await chat.choose('Echo');
    await chat.composer.fill('pocket');
    await chat.button('Send').click();
    await chat.untilState(/^\s*done/);
    await chat.button('Conversations').click();
    await chat.menu('pocket', 'Rename');
    await chat.page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Pocket watch');
    await chat.page.keyboard.press('Enter');
    await chat.conversation('Pocket watch').click();
    await chat.page.locator('#conversations').waitFor({ state: 'hidden' });
    expect(await chat.page.title()).toBe('Pocket watch · Tandem');
  });

  it('exports what was said and takes it in again, beside what is there', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('carry me');
    const [file] = await Promise.all([chat.page.waitForEvent('download'), chat.button('Export all').click()]);
    const [markdown] = await Promise.all([chat.page.waitForEvent('download'), chat.menu('carry me', 'Export as Markdown')]);
    expect(await text(await markdown.createReadStream())).toMatch(/carry me/);
    const exported = await buffer(await file.createReadStream());
    await chat.page.locator('input[type=file]').setInputFiles({ name: file.suggestedFilename(), mimeType: 'application/json', buffer: exported });
    for (const deadline = Date.now() + 20_000; (await chat.conversation('carry me').count()) < 2 && Date.now() < deadline;) await chat.page.waitForTimeout(20);
    expect(await chat.conversation('carry me').count()).toBe(2);
  });

  it('says what is wrong with a file that it cannot take in, and loses nothing', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('still here');
    await chat.page.locator('input[type=file]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"no":"chats"}') });
    await chat.page.getByRole('alert').waitFor();
    await chat.conversation('still here').waitFor();
  });

  it('sends with Enter, begins a line with Shift+Enter, and waits for an input method', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.composer.fill('one');
    await chat.composer.press('Shift+Enter');
    await chat.composer.pressSequentially('two');
    expect(await chat.composer.inputValue()).toBe('one\ntwo');
    await chat.composer.evaluate((box) =>
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })),
    );
    expect(await chat.questions.count()).toBe(0);
    await chat.composer.press('Enter');
    await chat.questions.first().waitFor();
    await chat.untilText(/one\s*two/);
  });

  it('sends once, however often Enter is pressed', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.composer.fill(words(60));
    for (let press = 0; press < 5; press++) await chat.composer.press('Enter');
    await chat.untilState(/^done/);
    expect(await chat.questions.count()).toBe(1);
  });

  it('shows in one tab what is said in another', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('from here');
    const page = await chat.page.context().newPage();
    const other = await new ChatDriver(page, app().url).goto(new URL(chat.page.url()).pathname);
    await other.untilText(/from here/);
    await other.ask('from there');
    await chat.untilText(/from there/);
    expect(await chat.questions.count()).toBe(2);
  });

  it('says why there is no answer, and what to do', async () => {
    const chat = await openChat();
    await chat.choose('Gone');
    await chat.say('Anybody?');
    await chat.untilState(/failed/);
    expect(await chat.answers.last().locator('tandem-fault-note').innerText()).toMatch(/Nothing listens at 127\.0\.0\.1:9/);
    await chat.button('Retry').waitFor();
  });

  it('tells how much of the context is used', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    await chat.ask('What is Tandem?');
    const meter = chat.page.getByRole('meter', { name: 'Context used' });
    expect(Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
    expect(await meter.getAttribute('aria-valuemax')).toBe('1024');
  });

  it('leaves out the oldest when the context is full, and says so', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    for (const said of [words(130), words(130), words(130), 'What is Tandem?']) await chat.ask(said);
    await chat.page.getByText(/Not sent any more/).waitFor();
  });

  describe.each([360, 1280, 2560])('at %i px', (width) => {
    it.each(['light', 'dark'] as const)('in %s, fits, and axe finds nothing', async (colorScheme) => {
      const chat = await openChat('/chat', { viewport: { width, height: 800 }, colorScheme });
      const judge = async (): Promise<void> => {
        await chat.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
        expect(await chat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await axeFindings(chat.page)).toEqual([]);
      };
      await judge();
      await chat.choose('Echo');
      await chat.ask('## Title\n\n- one\n- **two**');
      await judge();
      await chat.button('Regenerate').click();
      await chat.untilState(/^done/);
      await chat.button('Parameters').click();
      await judge();
      await chat.button('Done').click();
      if (width === 360) {
        await chat.button('Conversations').click();
        await judge();
      }
    });
  });
});
