import { Service } from '@angular/core';
import type { RunCard, RunCounts, RunFilter, RunItem, RunRequest, RunSort, RunState, RunSummary } from '@tandem/shared/contracts';
import { fetchJson } from './fetch-json';
import { VisibleStream } from './visible-stream';

export interface RunDetail extends RunCard {
  readonly summary: RunSummary;
}

/** How far a run is. */
export interface RunProgress {
  readonly state: RunState;
  readonly counts: RunCounts;
}

/** Which items are asked for, and in which order. */
export interface ItemList {
  readonly sort: RunSort;
  readonly filter: RunFilter | undefined;
}

export interface RunPage {
  readonly runs: readonly RunCard[];
  readonly next_cursor: string | null;
}

export interface ItemPage {
  readonly items: readonly RunItem[];
  readonly next_cursor: string | null;
}

/** Items of one page: as many as the server gives. */
const ITEMS = '100';

/** The server's runs. Every promise rejects with a RunFailure. */
@Service()
export class RunRequests {
  /** @param cursor the `next_cursor` of the page before; null for the first */
  list(cursor: string | null): Promise<RunPage> {
    return fetchJson<RunPage>(`api/runs${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);
  }

  async get(id: string): Promise<RunDetail> {
    return (await fetchJson<{ run: RunDetail }>(addressOf(id))).run;
  }

  async start(request: RunRequest): Promise<RunCard> {
    return (await fetchJson<{ run: RunCard }>('api/runs', 'POST', request)).run;
  }

  async act(id: string, action: 'pause' | 'resume' | 'cancel'): Promise<RunCard> {
    return (await fetchJson<{ run: RunCard }>(`${addressOf(id)}/${action}`, 'POST')).run;
  }

  async remove(id: string): Promise<void> {
    await fetchJson(addressOf(id), 'DELETE');
  }

  items(id: string, { sort, filter }: ItemList, cursor: string | null): Promise<ItemPage> {
    const query = new URLSearchParams({ sort, limit: ITEMS, ...(filter && { filter }), ...(cursor !== null && { cursor }) });
    return fetchJson<ItemPage>(`${addressOf(id)}/items?${query.toString()}`);
  }

  /** Tells how far it is at once, and then of every change, until the stream is closed. */
  follow(id: string, onProgress: (progress: RunProgress) => void): VisibleStream {
    const onMessage = (data: string): void => {
      const progress = parse(data);
      if (progress) onProgress(progress);
    };
    return new VisibleStream(`${addressOf(id)}/events`, { onOpen: () => undefined, onMessage });
  }

  /** Where the whole run is as a file. */
  exportAddress(id: string, format: string): string {
    return `${addressOf(id)}/export?format=${format}`;
  }
}

function addressOf(id: string): string {
  return `api/runs/${encodeURIComponent(id)}`;
}

/** Undefined for what is no progress: one frame that cannot be read must not end all others. */
function parse(data: string): RunProgress | undefined {
  try {
    const progress = JSON.parse(data) as Partial<RunProgress> | null;
    return typeof progress?.state === 'string' && typeof progress.counts === 'object' ? (progress as RunProgress) : undefined;
  } catch {
    return undefined;
  }
}
