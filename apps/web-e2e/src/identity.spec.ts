import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { axeFindings } from './axe-findings';
import { usePage } from './use-page';

/** A model server that serves whatever a test says it does. */
async function startServing(model: { name: string; base: string }): Promise<{ endpoint: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    if (request.url === '/v1/models') {
      const entry = { id: model.name, object: 'model', owned_by: 'vllm', root: model.base, max_model_len: 8192 };
      return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ object: 'list', data: [entry] }));
    }
    if (request.url === '/version') return void response.setHeader('Content-Type', 'application/json').end('{"version":"0.9.1"}');
    if (request.method === 'GET') return void response.end();
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi.' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `127.0.0.1:${(server.address() as { port: number }).port}`, close: () => server.closeAllConnections() ?? server.close() };
}

describe('what a model server says it serves', () => {
  const [one, other] = [
    { name: 'tuned', base: '/models/Base-8B' },
    { name: 'tuned', base: '/models/Other-8B' },
  ];
  const servers: { close(): void }[] = [];
  const { open } = usePage(async () => {
    const [first, second] = [await startServing(one), await startServing(other)];
    servers.push(first, second);
    const entry = (name: string, { endpoint }: { endpoint: string }) => ({
      id: name.toLowerCase().replace(' ', '-'),
      name,
      endpoint,
      protocol: 'openai-chat',
      model: 'tuned',
    });
    return {
      HEALTH_INTERVAL_SECONDS: '1',
      BASELINE_MODELS: JSON.stringify([entry('First', first)]),
      TWODELTA_MODELS: JSON.stringify([entry('Second', second), entry('First again', first)]),
    };
  });
  afterAll(() => servers.forEach((server) => server.close()));
  afterEach(() => void (one.base = '/models/Base-8B'));

  it('stands at its pane, with its software and context', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'About First', exact: true }).click();
    await page.getByRole('dialog', { name: 'First' }).getByText('serves tuned (Base-8B) · vLLM 0.9.1 · 8,192 context').waitFor();
    await page.getByRole('button', { name: 'About Second', exact: true }).click();
    await page.getByRole('dialog', { name: 'Second' }).getByText('serves tuned (Other-8B)').waitFor();
    expect(await page.locator('.warning').count()).toBe(0);
  });

  it('is compared: the same model on both sides is said', async () => {
    const { page } = await open();
    const warning = page.locator('.warning');
    await page.getByRole('button', { name: /^Two Delta model/ }).click();
    await page.getByRole('option').filter({ hasText: 'First again' }).click();
    await warning.getByText(/Both sides are the same model: the server at 127\.0\.0\.1:\d+ says it serves tuned \(Base-8B\) for both/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('is remembered: another one than at the last turn is said', async () => {
    const compare = await open();
    await compare.page.getByRole('button', { name: 'About First', exact: true }).click();
    await compare.page.getByRole('dialog', { name: 'First' }).getByText('Base-8B').waitFor();
    await compare.page.keyboard.press('Escape');
    await compare.ask('Hello');
    await compare.untilIdle();
    one.base = '/models/Swapped-8B';
    await compare.page
      .locator('.warning', { hasText: /Baseline: the server at .* now says it serves tuned \(Swapped-8B\); the last answer came from tuned \(Base-8B\)/ })
      .waitFor();
  });
});
