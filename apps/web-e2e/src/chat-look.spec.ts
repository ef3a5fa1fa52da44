import { axeFindings } from './axe-findings';
import { useChat } from './use-chat';

describe('how the chat page looks', () => {
  const { openChat } = useChat();

  // one page for both: what is judged is the same, and it is asked for once
  it.each([360, 1280, 2560])('at %i px, in light and in dark, fits, and axe finds nothing', async (width) => {
    const chat = await openChat('/chat', { viewport: { width, height: 800 } });
    const judge = async (): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await chat.page.emulateMedia({ colorScheme });
        await chat.page.locator(`html[data-theme=${colorScheme}]`).waitFor();
        await chat.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
        expect(await chat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await axeFindings(chat.page)).toEqual([]);
      }
    };
    await judge();
    await chat.choose('Echo');
    await chat.ask('## Title\n\n- one\n- **two**');
    await judge();
    await chat.button('Regenerate').click();
    await chat.answers.last().getByText('Version 2 / of 2').waitFor();
    await chat.untilState(/^done/);
    await chat.button('Parameters').click();
    await chat.page.getByRole('dialog', { name: 'Parameters' }).waitFor();
    await judge();
    await chat.button('Done').click();
    if (width === 360) {
      await chat.button('Conversations').click();
      await judge();
    }
  });
});
