import { Inject, Injectable, Logger } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { untilAborted } from '@tandem/shared/concurrency';
import { EngineHost } from './engine-host';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { type MachineMemory, readMachineMemory } from './machine-memory';
import type { SeatFiles } from './seat-files';

const MB = 1024 * 1024;
/** Left for everyone else: a twentieth of the memory, at most this. */
const MOST_RESERVE_BYTES = 512 * MB;
const DEFAULT_WAIT_SECONDS = 60;

/** A seat as the memory sees it. */
export interface Tenant {
  readonly name: string;
  readonly checkpoint: string;
  readonly stage: 'away' | 'coming' | 'leaving' | 'idle' | 'busy';
  readonly idleMs: number;
  /** While it is loaded. */
  readonly memoryBytes: number | null;
  /** The part of it that is there once for all seats over the same checkpoint. */
  readonly weightBytes: number;
  readonly baseVersion: string | null;
  unload(): Promise<void>;
}

export interface RoomRequest {
  readonly tenant: Tenant;
  readonly files: SeatFiles;
  readonly signal: AbortSignal;
  /** Called when others must finish first. */
  readonly onWait: () => void;
}

/**
 * Decides who may be in memory. It refuses what can never fit, unloads whoever was idle longest when another must fit,
 * and has a load wait while only busy ones could make room. What it knows of others they tell with `join` and `changed`.
 */
@Injectable()
export class MemoryPolicy {
  private readonly logger = new Logger('Memory');
  private readonly tenants = new Set<Tenant>();
  /** Bytes of loads under way. */
  private readonly reserved = new Map<Tenant, number>();
  private readonly wakers = new Set<() => void>();

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly host: EngineHost,
  ) {}

  get machine(): MachineMemory {
    return readMachineMemory(this.host.pid);
  }

  get loaded(): readonly Tenant[] {
    return [...this.tenants].filter(({ memoryBytes }) => memoryBytes !== null);
  }

  /** What each takes, shared weights counted with one of those that share them. */
  get shares(): readonly { readonly tenant: Tenant; readonly bytes: number }[] {
    const counted = new Set<string>();
    return this.loaded.map((tenant) => {
      const isCounted = counted.has(tenant.checkpoint);
      counted.add(tenant.checkpoint);
      return { tenant, bytes: (tenant.memoryBytes ?? 0) - (isCounted ? tenant.weightBytes : 0) };
    });
  }

  /** Whether anything else is in memory, that somebody may be asking. */
  hasCompany(tenant: Tenant): boolean {
    return [...this.tenants].some((other) => other !== tenant && (other.stage === 'idle' || other.stage === 'busy' || other.stage === 'leaving'));
  }

  join(tenant: Tenant): void {
    this.tenants.add(tenant);
  }

  /** Something about a tenant changed that a waiting load may be interested in. */
  changed(): void {
    for (const wake of this.wakers) wake();
  }

  /** @throws Fault `insufficient_memory` for what would not fit if everything else were unloaded */
  refuseWhatCannotFit(tenant: Tenant, files: SeatFiles): void {
    const needed = this.neededBytes(tenant, files);
    const mostBytes = this.mostBytes();
    if (needed <= mostBytes) return;
    throw new Fault('insufficient_memory', `${tenant.name} needs about ${mb(needed)} MB of memory, and ${mb(mostBytes)} MB can be had for it.`, {
      param: 'model',
    });
  }

  /** Makes room. Returns how to give the reservation back, once what was loaded counts by itself. @throws Fault */
  async reserve({ tenant, files, signal, onWait }: RoomRequest): Promise<() => void> {
    const patience = AbortSignal.timeout(Math.ceil((this.options.roomWaitSeconds ?? DEFAULT_WAIT_SECONDS) * 1000));
    for (;;) {
      signal.throwIfAborted();
      const stale = this.staleSibling(tenant, files);
      const needed = this.neededBytes(tenant, files);
      if (stale === undefined) {
        if (needed <= this.roomBytes()) return this.hold(tenant, needed);
        this.refuseWhatCannotFit(tenant, files);
      }
      const victim = this.isAnyMoving ? undefined : stale === undefined ? this.longestIdle(tenant) : idleOnly(stale);
      if (victim !== undefined) {
        this.logger.log(`${victim.name} is unloaded for ${tenant.name}`);
        await victim.unload();
        continue;
      }
      if (patience.aborted) throw this.noRoomYet(tenant, needed);
      onWait();
      await this.untilChanged(AbortSignal.any([signal, patience]));
    }
  }

  private hold(tenant: Tenant, bytes: number): () => void {
    this.reserved.set(tenant, bytes);
    return () => {
      this.reserved.delete(tenant);
      this.changed();
    };
  }

  private neededBytes(tenant: Tenant, { memoryBytes, weightBytes }: SeatFiles): number {
    const isShared = this.loaded.some((other) => other !== tenant && other.checkpoint === tenant.checkpoint);
    return isShared ? memoryBytes - weightBytes : memoryBytes;
  }

  private roomBytes(): number {
    const { totalBytes, availableBytes } = this.machine;
    const reserveBytes = Math.min(totalBytes / 20, MOST_RESERVE_BYTES);
    return Math.min(availableBytes - reserveBytes - this.reservedBytes, (this.options.memoryBytes ?? Infinity) - this.loadedBytes - this.reservedBytes);
  }

  /** If everything else were unloaded. A load under way has taken some of what it reserved already; nobody knows how much. */
  private mostBytes(): number {
    const { totalBytes, availableBytes } = this.machine;
    const reserveBytes = Math.min(totalBytes / 20, MOST_RESERVE_BYTES);
    return Math.max(0, Math.min(availableBytes - reserveBytes + this.loadedBytes + this.reservedBytes, this.options.memoryBytes ?? Infinity));
  }

  private get loadedBytes(): number {
    return this.shares.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private get reservedBytes(): number {
    return [...this.reserved.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** One that holds weights which are not what lies on disk any more: the two would be mistaken for one. */
  private staleSibling(tenant: Tenant, { baseVersion }: SeatFiles): Tenant | undefined {
    return this.loaded.find((other) => other !== tenant && other.checkpoint === tenant.checkpoint && other.baseVersion !== baseVersion);
  }

  /** Whether there will be other room in a moment than there is now. */
  private get isAnyMoving(): boolean {
    return this.reserved.size > 0 || [...this.tenants].some(({ stage }) => stage === 'leaving');
  }

  private longestIdle(tenant: Tenant): Tenant | undefined {
    const idle = this.loaded.filter((other) => other !== tenant && other.stage === 'idle');
    // What shares its weights with the newcomer gives the least back.
    const rank = (other: Tenant): number => other.idleMs - (other.checkpoint === tenant.checkpoint ? Number.MAX_SAFE_INTEGER : 0);
    return idle.sort((one, other) => rank(other) - rank(one))[0];
  }

  private noRoomYet(tenant: Tenant, needed: number): Fault {
    return new Fault('queue_full', `${tenant.name} needs about ${mb(needed)} MB, which others are using to answer. Try again when they are done.`, {
      retryable: true,
      retryAfterSeconds: 10,
    });
  }

  private async untilChanged(orAborted: AbortSignal): Promise<void> {
    let wake = (): void => undefined;
    const changed = new Promise<void>((resolve) => (wake = resolve));
    this.wakers.add(wake);
    await untilAborted(changed, orAborted).catch(() => undefined);
    this.wakers.delete(wake);
  }
}

function idleOnly(tenant: Tenant | undefined): Tenant | undefined {
  return tenant?.stage === 'idle' ? tenant : undefined;
}

function mb(bytes: number): number {
  return Math.ceil(bytes / MB);
}
