import { buffer, text } from 'node:stream/consumers';
import { eventually, until } from '@tandem/testing';
import { axeFindings } from './axe-findings';
import { useChat, words } from './use-chat';

describe('the conversations of a chat page', () => {
  const { app, openChat } = useChat();

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
    await eventually(async () => expect(await page.title()).toBe('Conversation not here · Tandem'));
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
    await eventually(async () => expect(await chat.page.title()).toBe('Pocket watch · Tandem'));
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
    await until(async () => (await chat.conversation('carry me').count()) === 2);
  });

  it('says what is wrong with a file that it cannot take in, and loses nothing', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    await chat.ask('still here');
    await chat.page.locator('input[type=file]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"no":"chats"}') });
    await chat.page.getByRole('alert').waitFor();
    await chat.conversation('still here').waitFor();
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
});
