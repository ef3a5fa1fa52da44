import { Service } from '@angular/core';
import type { PromptSetCard } from '@tandem/shared/contracts';
import { fetchJson } from './fetch-json';

export interface PromptSetPage {
  readonly prompt_sets: readonly PromptSetCard[];
  readonly next_cursor: string | null;
}

/** The server's prompt sets. Every promise rejects with a RunFailure. */
@Service()
export class PromptSetRequests {
  /** @param cursor the `next_cursor` of the page before; null for the first */
  list(cursor: string | null): Promise<PromptSetPage> {
    return fetchJson<PromptSetPage>(`api/prompt-sets${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);
  }

  /** @param file with the media type of its format @param name empty for what the file calls itself */
  async add(file: Blob, name: string): Promise<PromptSetCard> {
    const query = name === '' ? '' : `?name=${encodeURIComponent(name)}`;
    return (await fetchJson<{ prompt_set: PromptSetCard }>(`api/prompt-sets${query}`, 'POST', file)).prompt_set;
  }

  async remove(id: string): Promise<void> {
    await fetchJson(`api/prompt-sets/${encodeURIComponent(id)}`, 'DELETE');
  }
}
