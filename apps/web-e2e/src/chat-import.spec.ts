import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatDriver } from './chat-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

const AT = '2026-01-01T00:00:00.000Z';
/** The most messages that are drawn before somebody asks for earlier ones. */
const MOST_DRAWN = 200;
const LONG = 'x'.repeat(30_000);

type Message = Readonly<Record<string, unknown>>;

const asked = (id: string, parent: string | null, text: string): Message => ({ id, parent, role: 'user', text, created_at: AT });
const said = (id: string, parent: string, text: string): Message => ({
  id,
  parent,
  role: 'assistant',
  text,
  created_at: AT,
  model: 'echo',
  model_title: 'Echo',
  end: { kind: 'done', reason: 'stop' },
});
const talk = (id: string, title: string, messages: readonly Message[]) => ({
  ...{ id, title, named: true, model: 'echo', system: '', parameters: {}, leaf: messages.at(-1)?.['id'], created_at: AT, updated_at: AT, messages },
});
const fileOf = (...conversations: readonly unknown[]): Buffer =>
  Buffer.from(JSON.stringify({ format: 'tandem-chat', version: 1, exported_at: AT, conversations }));

/** A conversation of so many turns, whose answers have so many characters. */
const longTalk = (title: string, turns: number, characters: number) => {
  const text = 'A **word** and `another`, and more of them.\n\n'.repeat(Math.ceil(characters / 45)).slice(0, characters);
  const messages = Array.from({ length: turns }, (_, n) => [
    asked(`q${n}`, n === 0 ? null : `a${n - 1}`, `Question ${n}`),
    said(`a${n}`, `q${n}`, `${text}\n\nAnswer ${n}`),
  ]);
  return talk(title, title, messages.flat());
};

describe('importing conversations', () => {
  let echo: Echo;
  const { openChat: openPage } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 500 });
    return { BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]), TWODELTA_MODELS: '[]' };
  });
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-chats-'))));
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await echo.close();
  });

  const openChat = async (): Promise<ChatDriver> => {
    const chat = await openPage();
    await chat.choose('Echo');
    return chat;
  };
  const importFile = (chat: ChatDriver, buffer: Buffer): Promise<void> =>
    chat.page.locator('input[type=file]').setInputFiles({ name: 'chats.json', mimeType: 'application/json', buffer });

  it('renews ids that would hang the tab or lead nowhere', async () => {
    const chat = await openChat();
    const { page } = chat;
    await importFile(chat, fileOf(
      talk('', 'Empty', [asked('', null, 'one'), said('a', '', 'two of Empty')]),
      talk(LONG, 'Long', [asked(LONG, null, 'one'), said('a', LONG, 'two of Long')]),
      talk('../models', 'Path', [asked('__proto__', null, 'one'), said('constructor', '__proto__', 'two of Path')]),
    )); // prettier-ignore
    await page.getByText('3 conversations imported').waitFor();
    for (const title of ['Empty', 'Long', 'Path']) {
      await chat.conversation(title).click();
      await chat.untilText(new RegExp(`two of ${title}`));
      await page.reload();
      await chat.untilText(new RegExp(`two of ${title}`));
    }
    await chat.ask('and on');
  });

  it.each([
    ['parents in a circle', [asked('q', 'a', 'one'), said('a', 'q', 'two')], /must be a tree/],
    ['a message that is its own parent', [asked('q', 'q', 'one')], /must be a tree/],
    ['a parent that is missing', [asked('q', 'gone', 'one')], /some parent is missing/],
    ['an id used twice', [asked('q', null, 'one'), said('q', 'q', 'two')], /ids of their own/],
    ['a text that is none', [{ ...asked('q', null, ''), text: { a: 1 } }], /text must be text/],
    ['too many messages', new Array(20_001).fill(asked('q', null, 'one')), /20,001 messages, and 20,000 can be imported/],
  ])('refuses %s with a sentence, and takes nothing in', async (_, messages, words) => {
    const chat = await openChat();
    await importFile(chat, fileOf(talk('c', 'Broken', messages)));
    await chat.page.getByText(words).waitFor();
    expect(await chat.conversation('Broken').count()).toBe(0);
  });

  it.each([
    ['one conversation of many messages', [longTalk('Large', 9_000, 2_000)], 'Answer 8999'],
    ['one conversation of long answers', [longTalk('Large', 20, 1_000_000)], 'Answer 19'],
    ['many conversations', [longTalk('Large', 1, 10), ...Array.from({ length: 2_000 }, (_, n) => longTalk(`Talk ${n}`, 5, 1_800))], 'Answer 0'],
  ])(
    'opens 20 MB, and draws no more of it than its end: %s',
    async (_, conversations, last) => {
      const chat = await openChat();
      const { page } = chat;
      const file = fileOf(...conversations);
      expect(file.length).toBeGreaterThan(18_000_000);
      await writeFile(join(folder, 'chats.json'), file);
      await page.locator('input[type=file]').setInputFiles(join(folder, 'chats.json'));
      await page.getByText(/conversations? imported/).waitFor();
      await chat.conversation('Large').click();
      await chat.answers.last().getByText(last).waitFor();
      expect(await chat.answers.count()).toBeLessThan(MOST_DRAWN);
      await chat.composer.fill('typed');
      expect(await chat.composer.inputValue()).toBe('typed');
    },
    240_000,
  );

  it('shows the earlier messages of a long conversation on request', async () => {
    const chat = await openChat();
    await importFile(chat, fileOf(longTalk('Large', 100, 200)));
    await chat.conversation('Large').click();
    await chat.answers.last().getByText('Answer 99').waitFor();
    const shown = await chat.answers.count();
    expect(shown).toBeLessThan(100);
    await chat.button('Show earlier messages').click();
    await chat.answers.nth(shown).waitFor();
    await chat.page.getByText('Answer 99').waitFor();
  });

  it('opens what an older import left broken', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.ask('so that there is a storage');
    await page.evaluate(async (long) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('tandem-chat');
        opening.onsuccess = () => resolve(opening.result);
      });
      const writing = database.transaction(['conversations', 'messages'], 'readwrite');
      const add = (id: string, title: string, messages: readonly (readonly [string, string | null])[]): void => {
        writing.objectStore('conversations').put({ id, title, isNamed: true, model: 'echo', system: '', parameters: {}, leaf: messages.at(-1)?.[0], createdAtMs: 0, updatedAtMs: 0 });
        for (const [n, [own, parent]] of messages.entries()) writing.objectStore('messages').put({ id: own, parent, conversation: id, createdAtMs: n, role: 'user', text: `${title} ${n}` });
      };
      add('kept1', 'Empty', [['', null], ['e1', '']]);
      add('kept2', 'Circle', [['c0', 'c1'], ['c1', 'c0']]);
      add('kept3', 'Orphan', [['o0', 'gone'], ['o1', 'o0']]);
      add(long, 'Long', [[`${long}0`, null], [`${long}1`, `${long}0`]]);
      add('', 'Nameless', [['n0', null], ['n1', 'n0']]);
      add('..', 'Path', [['p0', null], ['p1', 'p0']]);
      await new Promise((resolve) => (writing.oncomplete = resolve));
      database.close();
    }, LONG); // prettier-ignore
    await page.reload();
    for (const title of ['Empty', 'Circle', 'Orphan', 'Long', 'Nameless', 'Path']) {
      await chat.conversation(title).click();
      await chat.questions.last().getByText(`${title} 1`).waitFor();
      await page.reload();
      await chat.questions.last().getByText(`${title} 1`).waitFor();
      expect(await chat.questions.count()).toBe(2);
    }
  });
});
