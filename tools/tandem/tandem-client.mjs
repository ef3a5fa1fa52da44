import { setTimeout as delay } from 'node:timers/promises';
import { CannotRun } from './cannot-run.mjs';

/** How often a server that says "not now" is asked again. */
const TRIES = 10;

/** One Tandem, as far as runs need it. */
export class TandemClient {
  constructor(origin, token = process.env.TANDEM_TOKEN) {
    this.origin = origin;
    this.headers = token ? { Authorization: `Bearer ${token}` } : {};
  }

  /** @throws CannotRun with what the server says is wrong */
  async ask(path, { method = 'GET', type = 'application/json', body } = {}) {
    for (let tries = 1; ; tries++) {
      const response = await this.send(path, { method, headers: { ...this.headers, ...(body === undefined ? {} : { 'Content-Type': type }) }, body });
      if (response.ok) return response;
      const { error } = await response.json().catch(() => ({ error: { message: `${this.origin} answers ${response.status}, and not as Tandem does.` } }));
      if (!error?.retryable || tries === TRIES) throw new CannotRun(describe(error, response.status));
      await delay(1000 * Number(response.headers.get('retry-after') ?? 1));
    }
  }

  async json(path, options) {
    return (await this.ask(path, options)).json();
  }

  /** All items of a run. */
  async allItems(id) {
    const all = [];
    for (let cursor = ''; cursor !== null;) {
      const { items, next_cursor } = await this.json(`/api/runs/${id}/items?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
      all.push(...items);
      cursor = next_cursor;
    }
    return all;
  }

  async send(path, options) {
    try {
      return await fetch(this.origin + path, options);
    } catch (error) {
      throw new CannotRun(`${this.origin} cannot be reached (${error.cause?.code ?? error.message}). Is that where Tandem runs?`);
    }
  }
}

const describe = (error, status) => error?.message ?? `The server answers ${status}.`;
