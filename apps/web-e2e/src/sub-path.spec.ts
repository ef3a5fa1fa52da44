import { eventually } from '@tandem/testing';
import { ChatDriver } from './chat-driver';
import { usePage } from './use-page';

const BASE = '/tools/tandem';

describe('the page under a sub-path', () => {
  const { app, open } = usePage(async () => ({ TANDEM_BASE_PATH: BASE }));

  it('does all it does, and asks for nothing outside of it', async () => {
    const asked: string[] = [];
    const compare = await open({
      path: `${BASE}/?temperature=0`,
      prepare: async (page) => void page.on('request', (request) => asked.push(request.url())),
    });
    const { page } = compare;
    await compare.ask('What is Tandem?');
    await compare.untilIdle();
    expect(await compare.derivative.text()).not.toBe('');

    await page.getByRole('link', { name: 'Chat' }).click();
    await page.waitForURL(`${app().url}${BASE}/chat`);
    const chat = new ChatDriver(page, app().url + BASE);
    await chat.untilReady();
    await chat.setParameter('Temperature', '0');
    expect(await chat.ask('What is Tandem?')).not.toBe('');
    await page.waitForURL(new RegExp(`${BASE}/chat/[\\w-]+$`));
    await page.reload();
    await chat.composer.waitFor();

    await page.getByRole('link', { name: 'Models' }).click();
    await page.waitForURL(`${app().url}${BASE}/models`);
    await page.getByRole('table').waitFor();
    await page
      .getByRole('button', { name: /^Unload: / })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Load: / })
      .first()
      .waitFor();

    const paths = ['/api/models', '/api/health/stream', '/api/checkpoints/stream', '/stream', '/unload'];
    await eventually(() => expect(paths.filter((path) => !asked.some((url) => url.endsWith(path)))).toEqual([]));
    const outside = asked.filter((url) => !url.startsWith(`${app().url}${BASE}/`) && !url.startsWith('data:'));
    expect(outside).toEqual([]);
  });
});
