import type { RunCard, RunItem, RunState, RunSummary } from '@tandem/shared/contracts';
import { until } from '@tandem/testing';

const OVER: readonly RunState[] = ['done', 'failed', 'cancelled'];

export type RunDetail = RunCard & { readonly summary: RunSummary };

/** What a test asks of the prompt sets and runs of a server, wherever it is by now. */
export class RunsOf {
  constructor(private readonly origin: () => string) {}

  send(path: string, method = 'GET', body?: unknown, type = 'application/json'): Promise<Response> {
    return fetch(`${this.origin()}/api/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': type }, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Its id. */
  async keep(prompts: readonly object[]): Promise<string> {
    const answer = await this.send('prompt-sets', 'POST', prompts);
    return ((await answer.json()) as { prompt_set: { id: string } }).prompt_set.id;
  }

  async start(request: object): Promise<RunCard> {
    const answer = await this.send('runs', 'POST', request);
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { run: RunCard }).run;
  }

  async get(id: string): Promise<RunDetail> {
    return ((await (await this.send(`runs/${id}`)).json()) as { run: RunDetail }).run;
  }

  async items(id: string, query = ''): Promise<readonly RunItem[]> {
    const items: RunItem[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await (await this.send(`runs/${id}/items?limit=100${query}${at}`)).json()) as { items: RunItem[]; next_cursor: string | null };
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  }

  /** The run, once it is over. */
  async over(id: string): Promise<RunDetail> {
    await until(async () => OVER.includes((await this.get(id)).state));
    return this.get(id);
  }
}
