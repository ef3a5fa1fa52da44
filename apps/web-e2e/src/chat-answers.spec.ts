import { eventually, until } from '@tandem/testing';
import { ENDLESS } from './start-echo';
import { ChatDriver } from './chat-driver';
import { CHAT, useChat, words } from './use-chat';

describe('an answer of a chat', () => {
  const { app, echo, openChat } = useChat();

  it('loses nothing to a reload', async () => {
    const chat = await openChat();
    await chat.choose(CHAT);
    const answer = await chat.ask('What is a token?');
    await chat.page.reload();
    await chat.untilState(/^done/);
    await eventually(async () => expect(await chat.lastText()).toBe(answer));
    expect(await chat.questions.last().innerText()).toContain('What is a token?');
  });

  it('goes on with an answer when the page is reloaded in its middle: it is whole, and was asked for once', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const asked = echo().asked();
    const release = echo().hold();
    await chat.say(words(120));
    await chat.untilText(/word4\b/);
    await chat.page.reload();
    await chat.untilText(/word4\b/);
    release();
    await chat.untilState(/^\s*done/);
    expect(await chat.lastText()).toBe(words(120).trim());
    expect(echo().asked()).toBe(asked + 1);
    await chat.page.reload();
    await chat.untilState(/^\s*done/);
    expect(await chat.lastText()).toBe(words(120).trim());
  });

  it('stops an answer after a reload, at the model', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const cancelled = echo().cancelled();
    await chat.say(ENDLESS);
    await chat.untilText(/word20\b/);
    await chat.page.reload();
    await chat.untilText(/word20\b/);
    await chat.button('Stop').click();
    await chat.untilState(/stopped by you/);
    await until(() => echo().cancelled() === cancelled + 1);
    expect(await chat.lastText()).toMatch(/word0 word1 .*word20/s);
  });

  it('keeps what there was of an answer that the server has nothing of any more, and can go on with it', async () => {
    const chat = await openChat('/chat', { expects: /404/ });
    await chat.choose('Echo');
    const release = echo().hold();
    await chat.say(words(120));
    await chat.untilText(/word4\b/);
    await chat.page.route('**/stream/*', (route) => (route.request().method() === 'GET' ? route.fulfill({ status: 404, json: {} }) : route.continue()));
    await chat.page.reload();
    await chat.untilState(/interrupted/);
    expect(await chat.lastText()).toMatch(/word0 word1 .*word4/s);
    await chat.button('Continue').waitFor();
    // it ends by itself: nobody is left to stop it
    release();
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

  it('stops the model, and keeps what it said', async () => {
    const chat = await openChat();
    await chat.choose('Echo');
    const before = echo().cancelled();
    await chat.say(ENDLESS);
    await chat.untilText(/word10\b/);
    await chat.page.keyboard.press('Escape');
    await chat.untilState(/stopped by you/);
    await until(() => echo().cancelled() === before + 1);
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
});
