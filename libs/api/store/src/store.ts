import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Fault, storeFull, storeUnavailable } from '@tandem/api/faults';
import type { StoreStatus } from '@tandem/shared/contracts';
import type { Kysely } from 'kysely';
import { type Observable, Subject } from 'rxjs';
import { migrate, tryWriting } from './migrate';
import { LASTING_MS, StoreFull, StoreRefusal } from './refusal';
import type { OpenDatabase, Database } from './database';
import { migrationsOf, type StoreSchema } from './store-schema';
import type { Off, Ready, StoreState } from './store-state';

/**
 * Where things are kept. It opens with the server, in the background; where that fails it is off, says so, and tries again by
 * itself. Where there is no more room it says that it is off, and what is there can be read. Everything else goes on without it.
 * Closed with the server.
 */
@Injectable()
export class Store implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Store');
  private readonly opened = new Subject<void>();
  private state: StoreState = { name: 'idle' };
  private told: string | undefined;
  /** Of what failed: until then the folder is not free. */
  private closing: Promise<void> = Promise.resolve();
  private readonly migrations;

  constructor(
    private readonly database: Database,
    readonly schemas: readonly StoreSchema[],
  ) {
    this.migrations = migrationsOf(schemas);
  }

  onApplicationBootstrap(): void {
    void this.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  /** Each time it has opened: at the start, and after it was off. */
  get openings(): Observable<void> {
    return this.opened.asObservable();
  }

  get status(): StoreStatus {
    const { state } = this;
    const refusal = state.name === 'ready' ? state.full?.refusal : this.off?.refusal;
    return { kind: this.database.kind, state: refusal ? 'off' : state.name === 'ready' ? 'ready' : 'opening', reason: refusal?.message ?? null };
  }

  /**
   * Runs queries. `Tables` are those of the room that asks. In a transaction, only what it hands over may be asked: there may be
   * one connection.
   * @throws Fault `store_unavailable` where nothing can be kept
   */
  async use<Tables, Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    if (this.state.name === 'idle') void this.start();
    // who asks while it is off is not kept waiting for another try
    if (this.state.name === 'opening' && !this.off) await this.state.done;
    const { state } = this;
    if (state.name !== 'ready') throw this.unavailable();
    const running = Promise.resolve(state.open.db as unknown as Kysely<Tables>).then(work);
    state.running.add(running);
    try {
      return await running;
    } catch (thrown) {
      const refusal = this.database.refusalOf(thrown);
      if (refusal === undefined) throw thrown;
      const isFull = refusal instanceof StoreFull;
      if (this.state === state) {
        if (isFull) this.waitForRoom(state, refusal);
        else this.turnOff(refusal, closeBehind(state));
      }
      throw (isFull ? storeFull : storeUnavailable)(refusal.message, Math.ceil(refusal.retryMs / 1000));
    } finally {
      state.running.delete(running);
    }
  }

  /** Gives the disk back what was deleted. @throws Fault `store_unavailable` */
  compact(): Promise<void> {
    return this.use((db: Kysely<unknown>) => this.database.compact(db));
  }

  /** Opens it, once; where it is full, sees whether there is room again. Never rejects. */
  start(): Promise<void> {
    if (this.state.name === 'opening') return this.state.done;
    if (this.state.name === 'off') clearTimeout(this.state.retry);
    if (this.state.name === 'ready' && this.state.full) return this.lookForRoom(this.state);
    if (this.state.name === 'ready' || this.state.name === 'closed') return Promise.resolve();
    const { off } = this;
    const done = this.open();
    this.state = { name: 'opening', done, off };
    return done;
  }

  /** Once all that is being asked of it is done. */
  async close(): Promise<void> {
    const { state } = this;
    this.state = { name: 'closed' };
    if (state.name === 'off') clearTimeout(state.retry);
    if (state.name === 'opening') await state.done;
    if (state.name === 'ready') await closeBehind(state);
    await this.closing;
  }

  private async open(): Promise<void> {
    let open: OpenDatabase | undefined;
    try {
      await this.closing;
      open = await this.database.open(Object.keys(this.migrations));
      await migrate(open.db, this.migrations);
      if (this.isClosed) return await open.close();
      const ready: Ready = { name: 'ready', open, running: new Set() };
      this.state = ready;
      this.told = undefined;
      this.logger.log(`What is to be kept is kept in ${this.database.place}`);
      await this.lookForRoom(ready);
      if (this.state === ready) this.opened.next();
    } catch (thrown) {
      this.turnOff(thrown instanceof StoreRefusal ? thrown : (this.database.refusalOf(thrown) ?? unforeseen(thrown)), open?.close());
    }
  }

  private turnOff(refusal: StoreRefusal, closing: Promise<void> = Promise.resolve()): void {
    this.closing = closing.catch(() => undefined);
    if (this.isClosed) return;
    this.tell(refusal);
    const { retryMs } = refusal;
    const retry = setTimeout(() => void this.start(), retryMs).unref();
    this.state = { name: 'off', refusal, retry, retryAtMs: performance.now() + retryMs };
  }

  /** What is there can be read meanwhile. */
  private waitForRoom(state: Ready, refusal: StoreFull): void {
    if (state.full) return;
    this.tell(refusal);
    state.full = { refusal, retry: this.lookLater(state, refusal) };
  }

  private lookLater(state: Ready, { retryMs }: StoreFull): NodeJS.Timeout {
    return setTimeout(() => void this.lookForRoom(state), retryMs).unref();
  }

  /** Never rejects. */
  private async lookForRoom(state: Ready): Promise<void> {
    const { full } = state;
    clearTimeout(full?.retry);
    const isWritten = await this.use(tryWriting).then(
      () => true,
      () => false,
    );
    if (full === undefined || this.state !== state) return;
    state.full = isWritten ? undefined : { ...full, retry: this.lookLater(state, full.refusal) };
    if (!isWritten) return;
    this.told = undefined;
    this.logger.log(`There is room again in ${this.database.place}`);
  }

  private tell({ message, cause }: StoreRefusal): void {
    if (this.told !== message) this.logger.warn({ msg: `Nothing can be kept: ${message}.`, ...(cause === undefined ? {} : { err: cause }) });
    this.told = message;
  }

  /** Asked of the state as it is by now. */
  private get isClosed(): boolean {
    return this.state.name === 'closed';
  }

  private get off(): Off | undefined {
    const { state } = this;
    return state.name === 'off' ? state : state.name === 'opening' ? state.off : undefined;
  }

  private unavailable(): Fault {
    const { off } = this;
    if (off === undefined) return storeUnavailable('the server is shutting down', 1);
    return storeUnavailable(off.refusal.message, Math.max(1, Math.ceil((off.retryAtMs - performance.now()) / 1000)));
  }
}

/** Whoever asks of a database that fails, or is to be closed, is not cut off in the middle. */
async function closeBehind({ open, running, full }: Ready): Promise<void> {
  clearTimeout(full?.retry);
  await Promise.allSettled(running);
  await open.close();
}

function unforeseen(cause: unknown): StoreRefusal {
  return new StoreRefusal('the database could not be prepared; the log has the details', LASTING_MS, cause);
}
