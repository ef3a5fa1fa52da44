import { eventually } from '@tandem/testing';
import { axeFindings } from './axe-findings';
import { CHAT, useChat, words } from './use-chat';

describe('the chat page', () => {
  const { app, echo, openChat } = useChat();

  it('answers with a local model, under its name and with its speed', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    expect(await chat.ask('What is Tandem?')).toMatch(/Tandem/);
    expect(await chat.answers.last().getByRole('heading', { level: 2 }).innerText()).toBe(CHAT);
    expect(await chat.answers.last().locator('tandem-readouts').innerText()).toMatch(/tok\/s/);
    await eventually(() => expect(chat.page.url()).toMatch(/\/chat\/[\w-]+$/));
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
    await chat.answers.last().getByRole('button', { name: /copy/i }).nth(1).waitFor();
  });

  it('begins with the model that a link names', async () => {
    const chat = await openChat('/chat?model=echo');
    await chat.page.getByRole('button', { name: 'Chat model: Echo' }).waitFor();
    await eventually(() => expect(new URL(chat.page.url()).search).toBe(''));
  });

  it('labels each answer with the model that gave it', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('Who?');
    await chat.choose(CHAT);
    await chat.ask('What is Tandem?');
    expect(await chat.answers.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Echo', CHAT]);
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

  it('says why there is no answer, and what to do', async () => {
    const chat = await openChat();
    await chat.choose('Gone');
    await chat.say('Anybody?');
    await chat.untilState(/failed/);
    expect(await chat.answers.last().locator('tandem-fault-note').innerText()).toMatch(/Nothing listens at 127\.0\.0\.1:9/);
    await chat.button('Retry').waitFor();
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
    await chat.untilState(/waiting [1-9]\d+ s/);
    letGo();
    await chat.answers
      .last()
      .getByText(/^Empty answer: the model ended at once/)
      .waitFor();
    await chat.page.goto(`${app().url}/chat?model=bsae`);
    await chat.composer.fill('Anybody?');
    await page.locator('tandem-composer').getByText('There is no model “bsae” here: choose another.').first().waitFor();
    await page.getByRole('button', { name: 'Send', exact: true, disabled: true }).waitFor();
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

  it('tells how much of the context is used', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    await chat.ask('What is Tandem?');
    const meter = chat.page.getByRole('meter', { name: 'Context used' });
    await eventually(async () => {
      expect(Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
      expect(await meter.getAttribute('aria-valuemax')).toBe('1024');
    });
  });

  it('leaves out the oldest when the context is full, and says so', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    for (const said of [words(130), words(130), words(130), 'What is Tandem?']) await chat.ask(said);
    await chat.page.getByText(/Not sent any more/).waitFor();
  });

  it('marks its title when an answer ends while nobody looks', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const look = (isHidden: boolean): Promise<void> =>
      chat.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    const release = echo().hold();
    await chat.say(words(20));
    await chat.untilText(/word2\b/);
    await look(true);
    release();
    await chat.page.waitForFunction(() => document.title.startsWith('(1) word0'));
    await look(false);
    await chat.page.waitForFunction(() => document.title.startsWith('word0'));
  });
});
