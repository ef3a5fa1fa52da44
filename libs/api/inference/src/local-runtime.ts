import { Injectable } from '@nestjs/common';
import type { CompletionSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/platform';
import type { ChatMessage } from '@tandem/shared/contracts';
import { CheckpointStates, type CheckpointStatus } from './checkpoint-states';
import { CheckpointsFolder } from './checkpoints-folder';
import { EngineHost } from './engine-host';
import { LocalModel, type ProgressListener } from './local-model';
import { LocalSource } from './local-source';

export interface TextScore {
  readonly tokens: number;
  /** Sum of the natural logarithms of the tokens' probabilities. */
  readonly logLikelihood: number;
}

/**
 * What can be done with local checkpoints, by name: load, unload, ask. It knows what each is doing; the memory itself
 * is the engine's, and goes with it.
 */
@Injectable()
export class LocalRuntime {
  private readonly models = new Map<string, LocalModel>();

  constructor(
    private readonly folder: CheckpointsFolder,
    private readonly host: EngineHost,
    private readonly states: CheckpointStates,
  ) {
    host.onLoss(() => this.models.forEach((model) => model.onEngineLoss()));
  }

  /** A source for that checkpoint. Whether there is one, and whether it can be loaded, shows when it is asked. */
  sourceFor(name: string): CompletionSource {
    return new LocalSource(this.modelNamed(name), this.folder, this.host);
  }

  status(name: string): CheckpointStatus {
    return this.states.of(name);
  }

  /** Resolves when it is loaded; loading at the same time as others is one load. @throws Fault */
  async load(name: string, onProgress: ProgressListener = () => undefined): Promise<void> {
    const files = await this.folder.filesOf(name);
    await this.modelNamed(name).load(files, onProgress);
  }

  /** Unloading what is not loaded succeeds. @throws Fault `conflict` while it generates, unless that is forced to end. */
  async unload(name: string, isForced = false): Promise<void> {
    const model = this.modelNamed(name);
    const { activeGenerations } = model.status;
    if (activeGenerations > 0 && !isForced) {
      throw new Fault('conflict', `${name} is answering ${activeGenerations} request(s). Wait, or unload it with force.`);
    }
    await model.unload();
  }

  /** How likely the model finds a text, after an optional conversation. Loads it first where needed. @throws Fault */
  async score(name: string, messages: readonly ChatMessage[], text: string): Promise<TextScore> {
    const files = await this.folder.filesOf(name);
    const model = this.modelNamed(name);
    await model.load(files, () => undefined);
    const { tokens, logLikelihood } = await model.use(files.version, () => this.host.call({ type: 'score', model: name, messages, text }));
    return { tokens, logLikelihood };
  }

  private modelNamed(name: string): LocalModel {
    const known = this.models.get(name);
    if (known !== undefined) return known;
    const model = new LocalModel(name, this.host, (status) => this.states.publish(name, status));
    this.models.set(name, model);
    return model;
  }
}
