import { inject, Service, signal } from '@angular/core';
import type { ActionBody, CheckpointEvent, MemoryBody, ModelStatus } from '@tandem/shared/contracts';
import { CatalogueStore } from './catalogue-store';
import { fetchJson } from './fetch-json';
import { RunFailure, type RunFault, UNREADABLE_ANSWER } from './run-fault';
import { VisibleStream } from './visible-stream';

/**
 * What local models are doing, as the server reports it, and the way to change that. Owns the page's one connection to
 * `/api/checkpoints/stream` from `follow()` on, and opens it again when it is lost.
 */
@Service()
export class CheckpointStore {
  private readonly catalogue = inject(CatalogueStore);
  private readonly _statuses = signal<ReadonlyMap<string, ModelStatus>>(new Map());
  private readonly _memory = signal<MemoryBody | undefined>(undefined);
  private stream: VisibleStream | undefined;
  private measuring: Promise<void> | undefined;

  /** By the checkpoint's name, or the id of a model that puts an adapter over one. What is not in it is not loaded. */
  readonly statuses = this._statuses.asReadonly();
  /** Undefined until it is known. */
  readonly memory = this._memory.asReadonly();

  follow(): void {
    this.stream ??= new VisibleStream('api/checkpoints/stream', {
      onOpen: () => {
        // it begins with all that is not unloaded: what was known before may be over
        this._statuses.set(new Map());
        void this.measure();
      },
      onMessage: (data) => this.take(parse(data)),
    });
  }

  /** Each settles when the server took it on; what then happens shows in the statuses. Undefined, or why it was refused. */
  load(id: string): Promise<RunFault | undefined> {
    return this.act(id, 'load', 'POST');
  }

  cancel(id: string): Promise<RunFault | undefined> {
    return this.act(id, 'load', 'DELETE');
  }

  /** `isForced` also ends the answers it is giving. */
  unload(id: string, isForced = false): Promise<RunFault | undefined> {
    return this.act(id, isForced ? 'unload?force=true' : 'unload', 'POST');
  }

  private async act(id: string, action: string, method: 'POST' | 'DELETE'): Promise<RunFault | undefined> {
    try {
      await fetchJson<ActionBody>(`api/models/${id.split('/').map(encodeURIComponent).join('/')}/${action}`, method);
      return undefined;
    } catch (failure) {
      return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
    }
  }

  private take(event: CheckpointEvent | undefined): void {
    if (event?.type === 'list') void this.catalogue.refresh();
    if (event?.type !== 'status') return;
    const { status } = event;
    const before = this._statuses().get(status.name);
    this._statuses.update((statuses) => new Map(statuses).set(status.name, status));
    if (changesList(before, status)) void this.catalogue.refresh();
    if (before?.memory_mb !== status.memory_mb || before?.status !== status.status) void this.measure();
  }

  private measure(): Promise<void> {
    this.measuring ??= fetchJson<MemoryBody>('api/memory')
      .then((memory) => this._memory.set(memory))
      .catch(() => undefined)
      .finally(() => (this.measuring = undefined));
    return this.measuring;
  }
}

/** A conversion that came to its end, and a failure that came or went, change what the list says of the file. */
function changesList(before: ModelStatus | undefined, { status }: ModelStatus): boolean {
  if (before?.status === status) return false;
  return before?.status === 'converting' || before?.status === 'failed' || status === 'failed';
}

/** Undefined for what this page does not know: a newer server may say more. */
function parse(data: string): CheckpointEvent | undefined {
  try {
    const event = JSON.parse(data) as Partial<CheckpointEvent> | null;
    if (event?.type === 'list') return { type: 'list' };
    if (event?.type === 'status' && typeof event.status?.name === 'string') return { type: 'status', status: event.status };
  } catch {
    // unreadable: as if it had not come
  }
  return undefined;
}
