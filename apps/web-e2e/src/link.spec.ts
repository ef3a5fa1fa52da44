import { eventually } from '@tandem/testing';
import { usePage } from './use-page';

describe('a link to a comparison', () => {
  const { open } = usePage();
  const LINK = '/?baseline=sft/tandem-tiny-chat.gguf&twodelta=tandem-tiny-base&temperature=0.2&seed=7&max_tokens=40&prompt=What%20is%20Tandem%3F';

  it('fills in the pair, the prompt and the parameters, and sends nothing', async () => {
    const requests: string[] = [];
    const compare = await open({ path: LINK, prepare: async (page) => void page.on('request', (request) => requests.push(request.url())) });
    await compare.baseline.head.getByRole('button', { name: 'Baseline model: tandem-tiny-chat' }).waitFor();
    await compare.derivative.head.getByRole('button', { name: 'Two Delta model: Tandem tiny base' }).waitFor();
    expect(await compare.composer.inputValue()).toBe('What is Tandem?');
    expect(await compare.page.locator('tandem-composer').innerText()).toMatch(
      /temperature 0\.2[\s\S]*top-k off[\s\S]*penalty off[\s\S]*40 tokens[\s\S]*seed 7/,
    );
    await Promise.all([compare.baseline.untilState(/^\s*ready\s*$/), compare.derivative.untilState(/^\s*ready\s*$/)]);
    // an answer that comes later than all that the page began by itself
    await compare.page.evaluate(() => fetch('api/config').then((response) => response.text()));
    expect(requests.filter((url) => url.endsWith('/stream') && !url.includes('/api/'))).toEqual([]);
    expect([await compare.baseline.state(), await compare.derivative.state()]).toEqual(['ready', 'ready']);
  });

  it('asks with what it says', async () => {
    const compare = await open({ path: LINK });
    const asked = compare.page.waitForRequest((request) => request.url().endsWith('/stream') && request.method() === 'POST');
    await compare.page.getByRole('button', { name: 'Send' }).click();
    expect((await asked).postDataJSON()).toMatchObject({
      temperature: 0.2, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 40, seed: 7,
    }); // prettier-ignore
    await compare.untilIdle();
  });

  it('follows what is written and chosen, so that a reload brings it back', async () => {
    const compare = await open();
    const { page } = compare;
    await compare.composer.fill('Tell me a joke');
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByLabel('Temperature').fill('0');
    await page.keyboard.press('Escape');
    await page.waitForURL(/temperature=0&.*prompt=Tell\+me\+a\+joke/);
    await page.reload();
    expect(await compare.composer.inputValue()).toBe('Tell me a joke');
    expect(await page.locator('tandem-composer').innerText()).toContain('temperature 0');
  });

  it('comes back when the page that is shown is asked for again', async () => {
    const { composer, page } = await open();
    await composer.fill('Tell me a joke');
    await page.waitForURL(/prompt=Tell\+me\+a\+joke/);
    // it is there for a moment alone
    await Promise.all([page.waitForURL((url) => url.search === ''), page.getByRole('link', { name: 'Compare', exact: true }).click()]);
    await page.waitForURL(/prompt=Tell\+me\+a\+joke/);
    expect(await composer.inputValue()).toBe('Tell me a joke');
  });

  it('names the allowed range beside a value outside of it, and does not take it', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByLabel('Temperature').fill('3');
    const fault = page.getByText('Must be a number from 0 to 2.');
    await fault.waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('input:focus').and(page.getByLabel('Temperature')).waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await page.locator('tandem-composer').innerText()).toMatch(/not valid: Temperature[\s\S]*temperature 0\.7/));
    await page.getByRole('button', { name: 'Parameters' }).click();
    expect(await page.getByLabel('Temperature').inputValue()).toBe('3');
  });
});
