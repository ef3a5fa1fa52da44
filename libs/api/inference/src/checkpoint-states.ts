import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { CheckpointState } from '@tandem/shared/contracts';
import { type Observable, Subject } from 'rxjs';

/** What is going on with one seat right now. */
export interface CheckpointStatus {
  readonly status: CheckpointState;
  /** Of the load, 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  /** It failed, and would again with the same files. */
  readonly isRefused: boolean;
  readonly memoryBytes: number | null;
  readonly activeGenerations: number;
  readonly lastUsed: Date | null;
}

export const UNLOADED: CheckpointStatus = {
  status: 'unloaded',
  progress: 0,
  error: null,
  isRefused: false,
  memoryBytes: null,
  activeGenerations: 0,
  lastUsed: null,
};

/** The one place where the states of all seats can be read and followed. The runtime writes them. */
@Injectable()
export class CheckpointStates implements OnModuleDestroy {
  private readonly statuses = new Map<string, CheckpointStatus>();
  private readonly news = new Subject<string>();
  private changeCount = 0;

  /** The name of every seat whose status changed. Completes when the server shuts down. */
  get changes(): Observable<string> {
    return this.news.asObservable();
  }

  of(seat: string): CheckpointStatus {
    return this.statuses.get(seat) ?? UNLOADED;
  }

  /** The seats that something is going on with, or was. */
  get seats(): readonly string[] {
    return [...this.statuses.keys()];
  }

  /** Goes up when a seat enters another state. */
  get version(): number {
    return this.changeCount;
  }

  publish(seat: string, status: CheckpointStatus): void {
    if (this.of(seat).status !== status.status) this.changeCount++;
    this.statuses.set(seat, status);
    this.news.next(seat);
  }

  onModuleDestroy(): void {
    this.news.complete();
  }
}
