import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { LocalRuntime, type Seat } from '@tandem/api/inference';
import { ANSWERING, judgeTrouble, probeRemote } from '@tandem/api/upstream';
import type { Checkpoint, HealthFinding, ModelIdentity } from '@tandem/shared/contracts';
import type { CatalogueItem } from './catalogue';
import { placeOf } from './place-of';
import { remoteEndpointOf } from './remote-endpoint-of';
import { RemoteSources } from './remote-sources';

const UNUSABLE = { status: 'unhealthy', cause: 'unusable_file' } as const;

/** Looks at how a model is, without waking or billing it: a server is asked, a checkpoint is looked up. */
@Injectable()
export class ModelProbe {
  constructor(
    private readonly runtime: LocalRuntime,
    private readonly remote: RemoteSources,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async probe(item: CatalogueItem, signal: AbortSignal): Promise<HealthFinding> {
    const place = placeOf(item);
    if (place.seat !== undefined) return { ...(await this.lookUp(place.seat, item.checkpoint)), identity: identityOf(item.checkpoint, place.seat) };
    const remote = remoteEndpointOf(place.remote, this.environment);
    const finding = await probeRemote(remote, this.remote.clientOf(place.remote), signal);
    const source = this.remote.of(place.remote);
    return finding.cause === 'silent' && source.isHeard ? ANSWERING : judgeTrouble(finding, source.trouble, remote);
  }

  /** What it means that no check was answered in time, where that is known. */
  whenLate(item: CatalogueItem): HealthFinding | undefined {
    const place = placeOf(item);
    return place.seat === undefined && this.remote.of(place.remote).isHeard ? ANSWERING : undefined;
  }

  private async lookUp(seat: Seat, checkpoint: Checkpoint | undefined): Promise<HealthFinding> {
    if (!checkpoint) {
      return {
        ...UNUSABLE,
        detail: `There is no ${seat.checkpoint} in the checkpoints folder.`,
        hint: 'Put the file there, or correct the endpoint in the configuration.',
      };
    }
    if (!checkpoint.loadable)
      return { ...UNUSABLE, detail: checkpoint.reason ?? 'This file cannot be loaded.', hint: checkpoint.format === 'gguf' ? 'Replace the file.' : '' };
    const problem = seat.adapter === undefined ? null : await this.runtime.problemOf(seat);
    if (problem !== null) return { ...UNUSABLE, detail: problem, hint: 'Replace the file, or correct the adapter in the configuration.' };
    const { status, error } = this.runtime.status(seat);
    switch (status) {
      case 'loaded':
        return { status: 'healthy', detail: 'Loaded.', hint: '' };
      case 'unloaded':
      case 'unloading':
        return {
          status: 'healthy',
          detail: checkpoint.converted === false ? 'On disk; it is converted and loaded when it is first asked.' : 'On disk; it loads when it is first asked.',
          hint: '',
        };
      case 'converting':
        return { status: 'loading', detail: 'It is being converted.', hint: '' };
      case 'loading':
        return { status: 'loading', detail: 'It is being loaded.', hint: '' };
      case 'failed':
        return {
          ...UNUSABLE,
          detail: error ?? 'It could not be loaded.',
          hint: checkpoint.format === 'gguf' ? 'Replace the file, or unload the model to try again.' : 'Unload the model, then ask it again.',
        };
      default:
        return status satisfies never;
    }
  }
}

/** What a file's header says, and the adapter that lies over it; whose it is can be read from the endpoint. */
function identityOf(checkpoint: Checkpoint | undefined, { adapter }: Seat): ModelIdentity | null {
  if (!checkpoint?.loadable) return null;
  const { name, architecture, quantization, context_length } = checkpoint;
  const file = [name, architecture, quantization].filter(Boolean).join(' · ');
  const who = adapter === undefined ? { model: file, base: null } : { model: `${adapter.file} at scale ${adapter.scale}`, base: file };
  return { ...who, server: null, version: null, context_length };
}
