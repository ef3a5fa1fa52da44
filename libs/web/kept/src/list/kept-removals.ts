import { inject, Service, signal } from '@angular/core';
import { RunFailure, type RunFault, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { KeptComparisons } from '@tandem/web/data-access/kept';
import { Undo } from '@tandem/web/design';

/**
 * Deletes comparisons from the server, once that can no longer be taken back: until then they are only out of view, and their
 * votes and addresses stay what they are. A page that goes away deletes what it was told to.
 */
@Service()
export class KeptRemovals {
  private readonly kept = inject(KeptComparisons);
  private readonly undo = inject(Undo);
  private readonly _hidden = signal<ReadonlySet<string>>(new Set());
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly waiting = new Set<string>();

  /** Ids of those that are deleted, or will be. */
  readonly hidden = this._hidden.asReadonly();
  /** Why the last one is still there; undefined where it is not. */
  readonly fault = this._fault.asReadonly();

  constructor() {
    addEventListener('pagehide', () => {
      for (const id of this.waiting) this.kept.removeUnheard(id);
      this.waiting.clear();
    });
  }

  remove({ id, title }: { readonly id: string; readonly title: string }): void {
    this._fault.set(undefined);
    this.waiting.add(id);
    this._hidden.update((hidden) => new Set(hidden).add(id));
    this.undo.give({
      words: `“${title || 'Untitled'}” deleted from the server`,
      undo: async () => this.show(id),
      lapsed: () => void this.send(id),
    });
  }

  private async send(id: string): Promise<void> {
    if (!this.waiting.delete(id)) return;
    try {
      await this.kept.remove(id);
    } catch (failure) {
      const fault = failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
      // somebody else was faster
      if (fault.code === 'not_found') return;
      this._fault.set(fault);
      this.show(id);
    }
  }

  private show(id: string): void {
    this.waiting.delete(id);
    this._hidden.update((hidden) => new Set([...hidden].filter((each) => each !== id)));
  }
}
