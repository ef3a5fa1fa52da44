import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { LocalRuntime } from '@tandem/api/inference';
import { probeRemote, UpstreamClient } from '@tandem/api/upstream';
import type { Checkpoint, HealthFinding } from '@tandem/shared/contracts';
import type { CatalogueItem } from './catalogue';
import { checkpointOf } from './cards';
import { remoteEndpointOf } from './remote-endpoint-of';

/** Looks at how a model is, without waking or billing it: a server is asked, a checkpoint is looked up. */
@Injectable()
export class ModelProbe {
  constructor(
    private readonly runtime: LocalRuntime,
    private readonly upstream: UpstreamClient,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async probe({ card, model, checkpoint }: CatalogueItem, signal: AbortSignal): Promise<HealthFinding> {
    const name = checkpointOf(card.endpoint);
    if (name !== undefined || model === undefined) return this.lookUp(name ?? card.id, checkpoint);
    return probeRemote(remoteEndpointOf(model, this.environment), this.upstream, signal);
  }

  private lookUp(name: string, checkpoint: Checkpoint | undefined): HealthFinding {
    if (!checkpoint) {
      return { status: 'unhealthy', detail: `There is no ${name} in the checkpoints folder.`, hint: 'Put the file there, or correct the endpoint in the configuration.' };
    }
    if (!checkpoint.loadable) return { status: 'unhealthy', detail: checkpoint.reason ?? 'This file cannot be loaded.', hint: 'Replace the file.' };
    const { status, error } = this.runtime.status(checkpoint.name);
    switch (status) {
      case 'loaded':
        return { status: 'healthy', detail: 'Loaded.', hint: '' };
      case 'unloaded':
      case 'unloading':
        return { status: 'healthy', detail: 'On disk; it loads when it is first asked.', hint: '' };
      case 'loading':
        return { status: 'loading', detail: 'It is being loaded.', hint: '' };
      case 'failed':
        return { status: 'unhealthy', detail: error ?? 'It could not be loaded.', hint: 'Replace the file, or unload the model to try again.' };
      default:
        return status satisfies never;
    }
  }
}
