import { eventually } from '@tandem/testing';
import { type Page } from 'playwright-core';
import { type ChatDriver } from './chat-driver';
import { type Echo, startEcho } from './start-echo';
import { type OpenOptions, usePage } from './use-page';

const FULL = /storage is full/;

/** A storage that is full while the page's `isFull` is set: browsers give tests no way to fill theirs. */
const makeFillable = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...record: Parameters<typeof put>) {
      if (!('isFull' in window && window.isFull)) return put.apply(this, record);
      this.transaction.abort();
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
};

/** An exported file with that many conversations of two messages. */
function fileOf(count: number): string {
  const at = new Date(2026, 0, 1).toISOString();
  const conversations = Array.from({ length: count }, (_, n) => ({
    ...{ id: `c${n}`, title: `Talk ${n}`, named: true, model: 'echo', system: '', parameters: {}, leaf: `a${n}`, created_at: at, updated_at: at },
    messages: [
      { id: `q${n}`, parent: null, role: 'user', text: `Question ${n}`, created_at: at },
      {
        id: `a${n}`,
        parent: `q${n}`,
        role: 'assistant',
        text: `Needle${n} in the answer`,
        created_at: at,
        model: 'echo',
        model_title: 'Echo',
        end: { kind: 'done', reason: 'stop' },
      },
    ],
  }));
  return JSON.stringify({ format: 'tandem-chat', version: 1, exported_at: at, conversations });
}

describe('what the chat page keeps', () => {
  let echo: Echo;
  const { openChat: openPage } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 500 });
    return { BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]), TWODELTA_MODELS: '[]' };
  });
  afterAll(() => echo.close());

  const openChat = async (options: OpenOptions = {}): Promise<ChatDriver> => {
    const chat = await openPage(options);
    await chat.choose('Echo');
    return chat;
  };

  it('lasts as long as the page where the browser stores nothing, and says so', async () => {
    const chat = await openChat({
      prepare: async (page) => {
        const open = (): never => {
          throw new DOMException('denied', 'SecurityError');
        };
        await page.addInitScript(`Object.defineProperty(window, 'indexedDB', { value: { open: ${String(open)} } })`);
      },
    });
    await chat.page.getByText(/lets the page store nothing/).waitFor();
    await chat.ask('one two');
    await chat.ask('three four');
    expect(await chat.lastText()).toBe('three four');
    await chat.page.getByRole('link', { name: 'New chat' }).click();
    await chat.conversation('one two').click();
    await chat.answers.nth(1).waitFor();
  });

  it('loses nothing to a full storage, says so, and keeps it once there is room again', async () => {
    const chat = await openChat({ prepare: makeFillable });
    const { page } = chat;
    await page.evaluate('isFull = true');
    await chat.ask('nowhere to go');
    await page.getByText(FULL).waitFor();
    expect(await chat.lastText()).toBe('nowhere to go');
    await page.evaluate('isFull = false');
    await chat.ask('there is room again');
    await page.getByText(FULL).waitFor({ state: 'detached' });
    await page.reload();
    await chat.answers.nth(1).waitFor();
    await eventually(async () => expect(await chat.answers.first().locator('tandem-markdown').innerText()).toBe('nowhere to go'));
  });

  it('says on a phone too, where the list is out of sight, that the storage is full', async () => {
    const chat = await openChat({ prepare: makeFillable, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await chat.page.evaluate('isFull = true');
    await chat.composer.fill('nowhere to go');
    await chat.button('Send').click();
    await chat.untilState(/^\s*done/);
    await chat.page.locator('section').getByText(FULL).waitFor();
    expect(await chat.lastText()).toBe('nowhere to go');
  });

  it('is found among five hundred conversations, by what was said', async () => {
    const chat = await openChat();
    const { page } = chat;
    await page.locator('input[type=file]').setInputFiles({ name: 'chats.json', mimeType: 'application/json', buffer: Buffer.from(fileOf(500)) });
    await page.getByText('500 conversations imported').waitFor();
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('needle321');
    await page.getByRole('link', { name: /^Talk 321.*Needle321 in the answer/ }).click();
    expect(await page.getByRole('region', { name: 'Conversations' }).getByRole('listitem').count()).toBe(1);
    await chat.untilText(/Needle321/);
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('');
    await page.reload();
    await chat.untilText(/Needle321/);
    await chat.conversation('Talk 0').waitFor();
  });
});
