import { computed, Service, signal } from '@angular/core';
import type { Checkpoint, CheckpointListBody, ModelCard, ModelListBody } from '@tandem/shared/contracts';
import { fetchJson } from './fetch-json';
import { RunFailure, type RunFault, UNREADABLE_ANSWER } from './run-fault';

export type CatalogueState = { readonly kind: 'loading' } | { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly fault: RunFault };

const LOCAL = 'local:';

const NO_MODELS =
  'No model is configured, and the checkpoints folder holds none. Name model servers in the configuration, or copy a checkpoint into that folder (a GGUF file, a PyTorch file or a Hugging Face folder): this page goes on by itself.';

/** What can answer: the model cards, and what is known of the files behind the local ones. */
@Service()
export class CatalogueStore {
  private readonly _state = signal<CatalogueState>({ kind: 'loading' });
  private readonly _cards = signal<readonly ModelCard[]>([]);
  private readonly checkpoints = signal<Readonly<Record<string, Checkpoint>>>({});
  private loading: Promise<void> | undefined;
  private refreshing: Promise<void> | undefined;

  readonly state = this._state.asReadonly();
  readonly cards = this._cards.asReadonly();
  readonly byId = computed(() => new Map(this._cards().map((card) => [card.id, card])));

  /** Why there is nothing to choose from, and what to do; undefined where there is, or it is not known yet. */
  readonly emptiness = computed(() => {
    const state = this._state();
    if (state.kind === 'failed') return state.fault.message;
    return state.kind === 'ready' && this._cards().length === 0 ? NO_MODELS : undefined;
  });

  /** The configured models' source or sources, as in "file" or "env + default"; empty before they are known. */
  readonly source = computed(() => {
    const configured = this._cards().filter(({ role }) => role !== 'local');
    return [...new Set(configured.map(({ source }) => source))].join(' + ');
  });

  /** Whether every configured model is one of the two that come with Tandem. */
  readonly isDemoPair = computed(() => {
    const configured = this._cards().filter(({ role }) => role !== 'local');
    return configured.length > 0 && configured.every(({ is_demo }) => is_demo);
  });

  /** Loads the list, or loads it again; calls at the same time are one load. What was known stays until it is replaced. */
  load(): Promise<void> {
    this.loading ??= this.fetch().finally(() => (this.loading = undefined));
    return this.loading;
  }

  /** Loads it anew since something changed: behind a load that is on the way, which may have been answered before that. */
  refresh(): Promise<void> {
    this.refreshing ??= (this.loading ?? Promise.resolve()).then(() => {
      this.refreshing = undefined;
      return this.load();
    });
    return this.refreshing;
  }

  /** The id of the model that is called so, as the server understands it: by id, name or endpoint; else the word itself. */
  idOf(word: string): string {
    const called = (what: 'id' | 'name' | 'endpoint'): ModelCard | undefined => this._cards().find((card) => card[what] === word);
    return (called('id') ?? called('name') ?? called('endpoint'))?.id ?? word;
  }

  /** The file a card's answers come from, when it is on this machine. */
  checkpointOf(card: ModelCard): Checkpoint | undefined {
    return card.place === 'local' ? this.checkpoints()[card.endpoint.slice(LOCAL.length)] : undefined;
  }

  private async fetch(): Promise<void> {
    if (this._state().kind === 'failed') this._state.set({ kind: 'loading' });
    try {
      const [list, files] = await Promise.all([fetchJson<ModelListBody>('api/models'), fetchJson<CheckpointListBody>('api/checkpoints')]);
      this._cards.set(list.models);
      this.checkpoints.set(files.models);
      this._state.set({ kind: 'ready' });
    } catch (failure) {
      // a list that is known goes on serving: the page must not lose its panes over a missed refresh
      if (this._state().kind === 'ready') return;
      this._state.set({ kind: 'failed', fault: failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER });
    }
  }
}
