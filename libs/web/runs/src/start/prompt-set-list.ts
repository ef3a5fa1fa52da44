import { signal } from '@angular/core';
import type { PromptSetCard } from '@tandem/shared/contracts';
import type { PromptSetRequests, RunFault } from '@tandem/web/data-access';
import { faultOf } from '../words/fault-of';
import { refusalOf, type SetFile } from './set-file';

/** The prompt sets there are, as far as they were asked for, and what becomes of files that are added. */
export class PromptSetList {
  private readonly _sets = signal<readonly PromptSetCard[] | undefined>(undefined);
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly _refusal = signal('');
  private readonly _isSending = signal(false);
  private readonly next = signal<string | null>(null);
  private isReadingOn = false;

  constructor(private readonly requests: PromptSetRequests) {}

  /** Undefined until they are known. */
  readonly sets = this._sets.asReadonly();
  /** Why they cannot be known. */
  readonly fault = this._fault.asReadonly();
  /** Why the last thing that was asked of them was not done; empty where it was. */
  readonly refusal = this._refusal.asReadonly();
  readonly isSending = this._isSending.asReadonly();
  readonly hasMore = (): boolean => this.next() !== null;

  async load(): Promise<void> {
    this._fault.set(undefined);
    try {
      const { prompt_sets, next_cursor } = await this.requests.list(null);
      this._sets.set(prompt_sets);
      this.next.set(next_cursor);
    } catch (failure) {
      this._fault.set(faultOf(failure));
    }
  }

  /** The next page; one at a time. */
  async more(): Promise<void> {
    const cursor = this.next();
    if (cursor === null || this.isReadingOn) return;
    this.isReadingOn = true;
    await this.try(async () => {
      const { prompt_sets, next_cursor } = await this.requests.list(cursor);
      this._sets.update((sets = []) => [...sets, ...prompt_sets]);
      this.next.set(next_cursor);
    });
    this.isReadingOn = false;
  }

  /** What was added; undefined where it was refused. */
  async add(file: SetFile): Promise<PromptSetCard | undefined> {
    if (this._isSending()) return undefined;
    const refusal = refusalOf(file);
    this._refusal.set(refusal);
    if (refusal) return undefined;
    this._isSending.set(true);
    let added: PromptSetCard | undefined;
    await this.try(async () => {
      const set = await this.requests.add(file.body, file.name);
      this._sets.update((sets = []) => [set, ...sets]);
      added = set;
    });
    this._isSending.set(false);
    return added;
  }

  /** Whether it is gone. */
  async remove(id: string): Promise<boolean> {
    return this.try(async () => {
      await this.requests.remove(id);
      this._sets.update((sets = []) => sets.filter((set) => set.id !== id));
    });
  }

  private async try(act: () => Promise<void>): Promise<boolean> {
    this._refusal.set('');
    try {
      await act();
      return true;
    } catch (failure) {
      this._refusal.set(faultOf(failure).message);
      return false;
    }
  }
}
