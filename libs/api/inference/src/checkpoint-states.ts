import { Injectable } from '@nestjs/common';
import type { CheckpointState } from '@tandem/shared/contracts';

/** What is going on with one checkpoint right now. */
export interface CheckpointStatus {
  readonly status: CheckpointState;
  /** Of the load, 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  readonly memoryBytes: number | null;
  readonly activeGenerations: number;
  readonly lastUsed: Date | null;
}

export const UNLOADED: CheckpointStatus = {
  status: 'unloaded',
  progress: 0,
  error: null,
  memoryBytes: null,
  activeGenerations: 0,
  lastUsed: null,
};

/** The one place where the states of all checkpoints can be read. The runtime writes them. */
@Injectable()
export class CheckpointStates {
  private readonly statuses = new Map<string, CheckpointStatus>();

  of(name: string): CheckpointStatus {
    return this.statuses.get(name) ?? UNLOADED;
  }

  publish(name: string, status: CheckpointStatus): void {
    this.statuses.set(name, status);
  }
}
