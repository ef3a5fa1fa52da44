import { eventually } from '@tandem/testing';
import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { usePage } from './use-page';

interface Asked {
  readonly model: string;
  readonly seed: number | null;
  readonly cache_prompt?: boolean;
}

async function lock({ page }: CompareDriver): Promise<void> {
  await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByRole('switch', { name: 'Parity lock' }).check();
}

describe('the parity lock', () => {
  const { open } = usePage();

  it('asks both with the same seed and nothing kept, and survives in the link', async () => {
    const compare = await open();
    const asked: Asked[] = [];
    compare.page.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname === '/stream') asked.push(request.postDataJSON() as Asked);
    });
    await lock(compare);
    await compare.page.getByRole('button', { name: 'Done' }).click();
    await compare.ask('What is Tandem?');
    await compare.untilIdle();
    await compare.derivative.button('Retry').click();
    await compare.untilIdle();
    await eventually(() => expect([asked.length, new Set(asked.map(({ model }) => model)).size]).toEqual([3, 2]));
    const [first, ...others] = asked;
    expect(Number.isInteger(first?.seed)).toBe(true);
    for (const each of others) expect(each).toMatchObject({ seed: first?.seed, cache_prompt: false });
    await compare.page.waitForFunction(() => location.search.includes('parity=1'));
  });

  it('lists what could not be made equal, and shows what both models read', async () => {
    const compare = await open({ path: '/?prompt=What is Tandem%3F' });
    await lock(compare);
    const panel = compare.page.locator('tandem-parity-panel');
    await panel.getByText(/^The prompts part at byte \d+/).waitFor();
    await panel.getByText('What both models read').click();
    await panel.getByRole('region', { name: 'Two Delta' }).getByText('<|im_start|>user').waitFor();
    await panel
      .getByRole('region', { name: 'Baseline' })
      .filter({ hasText: /\d+ tokens, as this server puts it/ })
      .waitFor();
    expect(await axeFindings(compare.page)).toEqual([]);
  });
});
