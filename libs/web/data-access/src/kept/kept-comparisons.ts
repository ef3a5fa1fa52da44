import { Service } from '@angular/core';
import type { Comparison, ComparisonContent, ComparisonRow, StoreStatus } from '@tandem/shared/contracts';
import { fetchJson } from '../fetch-json';

/** What is looked for among the comparisons that the server keeps. */
export interface ComparisonQuery {
  /** Text of a title, a note or a prompt; empty for all. */
  readonly query: string;
  /** Id of a model on either side; empty for all. */
  readonly model: string;
  /** Where the page before ended; left out for the first. */
  readonly cursor?: string;
}

/** One page of a list, the newest first. */
export interface ComparisonPage {
  readonly comparisons: readonly ComparisonRow[];
  /** Null on the last page. */
  readonly next_cursor: string | null;
}

interface OneBody {
  readonly comparison: Comparison;
}

/** The comparisons that the server keeps. Holds nothing itself; every call rejects with a RunFailure. */
@Service()
export class KeptComparisons {
  async add(content: ComparisonContent): Promise<Comparison> {
    return (await fetchJson<OneBody>('api/comparisons', 'POST', content)).comparison;
  }

  async get(id: string): Promise<Comparison> {
    return (await fetchJson<OneBody>(addressOf(id))).comparison;
  }

  async change(id: string, change: Partial<Pick<Comparison, 'title' | 'note'>>): Promise<Comparison> {
    return (await fetchJson<OneBody>(addressOf(id), 'PATCH', change)).comparison;
  }

  async remove(id: string): Promise<void> {
    await fetchJson(addressOf(id), 'DELETE');
  }

  /** The same where the page is about to go: nobody hears what came of it. */
  removeUnheard(id: string): void {
    void fetch(addressOf(id), { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  list(query: ComparisonQuery): Promise<ComparisonPage> {
    const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
    return fetchJson<ComparisonPage>(`api/comparisons?${new URLSearchParams(given)}`);
  }

  async status(): Promise<StoreStatus> {
    return (await fetchJson<{ readonly store: StoreStatus }>('api/store')).store;
  }
}

function addressOf(id: string): string {
  return `api/comparisons/${encodeURIComponent(id)}`;
}
