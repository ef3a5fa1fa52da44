import { HOSTILE } from './hostile-texts.mjs';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

describe('answers that are made to break the page', () => {
  let echo: Echo;
  const { openChat } = usePage(async () => {
    const answers = new Map(HOSTILE);
    echo = await startEcho({ tokensPerSecond: 4_000, answerTo: (name) => `Before.\n\n${answers.get(name) ?? name}\n\nThen **after**.\n` });
    return { BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]), TWODELTA_MODELS: '[]' };
  });
  afterAll(() => echo.close());

  it.each(HOSTILE)('%s are shown, and what comes after is rendered', async (name) => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await chat.composer.fill(name);
    await chat.composer.press('Enter');
    await chat.untilState(/^done/);
    const answer = chat.answers.last().locator('tandem-markdown');
    await answer.locator('strong', { hasText: 'after' }).waitFor();
    expect(await answer.locator('.block').first().innerText()).toBe('Before.');
    await chat.composer.fill('typed');
    expect(await chat.composer.inputValue()).toBe('typed');
    await page.reload();
    await answer.locator('strong', { hasText: 'after' }).waitFor();
  });
});
