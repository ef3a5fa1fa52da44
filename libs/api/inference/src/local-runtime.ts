import { Injectable } from '@nestjs/common';
import type { CompletionSource } from '@tandem/api/completion';
import { Fault, stillAnswering } from '@tandem/api/faults';
import { CheckpointStates, type CheckpointStatus } from './checkpoint-states';
import { CheckpointsFolder } from './checkpoints-folder';
import { EngineHost } from './engine-host';
import { LocalModel } from './local-model';
import { LocalPrompts } from './local-prompts';
import { LocalBuffers } from './local-buffers';
import { LocalScoring } from './local-scoring';
import { LocalSource } from './local-source';
import { LocalTexts } from './local-texts';
import type { MachineMemory } from './machine-memory';
import { MemoryPolicy } from './memory-policy';
import { type Seat, type SeatLike, seatName, seatOf } from './seat';
import { Vetting } from './vetting';

/**
 * What can be done with local checkpoints, by seat: load, unload, ask. It knows what each is doing; the memory itself
 * is the engine's, and goes with it.
 */
@Injectable()
export class LocalRuntime {
  private readonly models = new Map<string, LocalModel>();
  private readonly vetting: Vetting;
  private readonly buffers: LocalBuffers;

  constructor(
    private readonly folder: CheckpointsFolder,
    private readonly host: EngineHost,
    private readonly states: CheckpointStates,
    private readonly policy: MemoryPolicy,
  ) {
    this.vetting = new Vetting(host);
    this.buffers = new LocalBuffers(host);
    host.onLoss(() => this.models.forEach((model) => model.onEngineLoss()));
    folder.fileChanges.subscribe(() => this.models.forEach((model) => model.onFilesChanged(folder.versionOf(model.seat))));
  }

  /** A source for that seat. Whether there is one, and whether it can be loaded, shows when it is asked. */
  sourceFor(seat: SeatLike): CompletionSource {
    return new LocalSource(this.modelAt(seat), { folder: this.folder, host: this.host, memory: this.policy, vetting: this.vetting });
  }

  /** What that seat makes of texts that are there already. */
  textsOf(seat: SeatLike): LocalTexts {
    return new LocalTexts(this.modelAt(seat), { folder: this.folder, host: this.host, memory: this.policy, vetting: this.vetting });
  }

  scoringOf(seat: SeatLike): LocalScoring {
    return new LocalScoring(this.textsOf(seat), this.buffers, seatOf(seat).adapter);
  }

  promptsOf(seat: SeatLike): LocalPrompts {
    return new LocalPrompts(this.textsOf(seat));
  }

  status(seat: SeatLike): CheckpointStatus {
    return this.states.of(seatName(seatOf(seat)));
  }

  /** Why a seat's files cannot be loaded; null where they look as if they could. */
  async problemOf(seat: SeatLike): Promise<string | null> {
    try {
      await this.folder.seatFiles(seatOf(seat));
      return null;
    } catch (thrown) {
      return Fault.from(thrown).message;
    }
  }

  /** What the machine has, and what local models take of it, the largest first. */
  memory(): MachineMemory & { readonly models: readonly { readonly name: string; readonly memoryBytes: number }[] } {
    const models = this.policy.shares.map(({ tenant, bytes }) => ({ name: tenant.name, memoryBytes: bytes }));
    return { ...this.policy.machine, models: models.sort((one, other) => other.memoryBytes - one.memoryBytes) };
  }

  /** Resolves when it is loaded; loading at the same time as others is one load. @throws Fault */
  async load(seat: SeatLike, onProgress: (progress: number) => void = () => undefined): Promise<void> {
    const model = this.modelAt(seat);
    await model.load(await this.folder.seatFiles(model.seat), { onProgress });
  }

  /** Refuses what cannot be loaded; the load itself goes on by itself, and its status says how. @throws Fault */
  async startLoading(seat: SeatLike): Promise<void> {
    const model = this.modelAt(seat);
    const files = await this.folder.seatFiles(model.seat);
    const { unavailableReason } = this.host;
    if (unavailableReason !== null) throw new Fault('local_inference_unavailable', unavailableReason);
    const refusal = model.refusalOf(files);
    if (refusal !== null) throw refusal;
    if (model.memoryBytes === null) this.policy.refuseWhatCannotFit(model, files);
    if (model.stage === 'away') await this.folder.refuseWithoutRoom(files);
    void model.load(files).catch(() => undefined);
  }

  /** Succeeds where nothing is loading. @throws Fault `conflict` where it is loaded */
  cancelLoading(seat: SeatLike): Promise<void> {
    return this.modelAt(seat).cancelLoad();
  }

  /**
   * Unloading what is not loaded succeeds; with a bare checkpoint everything over it goes, since the weights are one.
   * @throws Fault `conflict` while it generates, unless that is forced to end
   */
  async unload(seat: SeatLike, isForced = false): Promise<void> {
    const { checkpoint, adapter } = seatOf(seat);
    const over = [...this.models.values()].filter((model) => model.seat.checkpoint === checkpoint);
    const models = adapter === undefined ? over : [this.modelAt(seat)];
    const busy = models.find((model) => model.status.activeGenerations > 0);
    if (busy !== undefined && !isForced) {
      throw stillAnswering(busy.name, busy.status.activeGenerations);
    }
    await Promise.all(models.map((model) => model.unload()));
  }

  /** Drops the prompt state kept for a conversation of an owner, or for all of that owner's. Without an engine there is none. */
  async forget(conversation: string | null, owner: string): Promise<void> {
    if (this.host.isRunning) await this.host.call({ type: 'forget', conversation, owner });
  }

  private modelAt(seat: SeatLike): LocalModel {
    const wanted: Seat = seatOf(seat);
    const name = seatName(wanted);
    const known = this.models.get(name);
    if (known !== undefined) return known;
    const model = new LocalModel(wanted, { folder: this.folder, host: this.host, memory: this.policy, vetting: this.vetting }, (status) =>
      this.states.publish(name, status),
    );
    this.models.set(name, model);
    return model;
  }
}
