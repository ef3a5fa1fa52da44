import { PromptSetRequests } from './prompt-set-requests';
import { RunRequests } from './run-requests';

function answering(body: object, status = 200) {
  const asked: { path: string; method: string; body: unknown; type: string | undefined }[] = [];
  globalThis.fetch = async (path, init) => {
    const headers = init?.headers as Record<string, string>;
    asked.push({ path: String(path), method: init?.method ?? 'GET', body: init?.body, type: headers['Content-Type'] });
    return { ok: status < 400, status, json: async () => body } as Response;
  };
  return asked;
}

describe('RunRequests', () => {
  it('asks for items by their order and filter, page by page', async () => {
    const asked = answering({ items: [], next_cursor: null });
    const requests = new RunRequests();
    await requests.items('a', { sort: 'id', filter: undefined }, null);
    await requests.items('a', { sort: 'divergence', filter: 'state:done' }, 'c=');
    expect(asked.map(({ path }) => path)).toEqual([
      'api/runs/a/items?sort=id&limit=100',
      'api/runs/a/items?sort=divergence&limit=100&filter=state%3Adone&cursor=c%3D',
    ]);
  });

  it('acts on one run', async () => {
    const asked = answering({ run: { id: 'a' } });
    await new RunRequests().act('a', 'pause');
    await new RunRequests().remove('a/b');
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST api/runs/a/pause', 'DELETE api/runs/a%2Fb']);
  });

  it('hands on how far a run is, and nothing that it cannot read', () => {
    const sources: { onmessage: (event: { data: string }) => void; close: () => void }[] = [];
    globalThis.EventSource = class {
      onmessage = (): void => undefined;
      close = (): void => undefined;
      constructor() {
        sources.push(this);
      }
    } as unknown as typeof EventSource;
    const heard: unknown[] = [];
    const stream = new RunRequests().follow('a', (progress) => heard.push(progress));
    for (const data of ['{"state":"running","counts":{"done":1}}', 'no JSON', '{}', 'null']) sources[0]?.onmessage({ data });
    stream.close();
    expect(heard).toEqual([{ state: 'running', counts: { done: 1 } }]);
  });
});

describe('PromptSetRequests', () => {
  it('sends a file as it is, with the type of its format', async () => {
    const asked = answering({ prompt_set: { id: 'a' } });
    const file = new Blob(['prompt\nHi\n'], { type: 'text/csv' });
    expect(await new PromptSetRequests().add(file, 'My set')).toEqual({ id: 'a' });
    await new PromptSetRequests().add(file, '');
    expect(asked).toEqual([
      { path: 'api/prompt-sets?name=My%20set', method: 'POST', body: file, type: 'text/csv' },
      { path: 'api/prompt-sets', method: 'POST', body: file, type: 'text/csv' },
    ]);
  });

  it('says what the server found wrong', async () => {
    answering({ status: 'error', error: { code: 'invalid_request', message: 'Line 2, check: must be an object.', retryable: false, request_id: 'r' } }, 400);
    await expect(new PromptSetRequests().add(new Blob(['x']), '')).rejects.toThrow('Line 2, check: must be an object.');
  });
});
