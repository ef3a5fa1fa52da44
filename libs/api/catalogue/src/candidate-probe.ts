import { Inject, Injectable } from '@nestjs/common';
import { type ConfiguredModel, ENVIRONMENT, type Environment } from '@tandem/api/config';
import { CheckpointsFolder } from '@tandem/api/inference';
import { probeRemote } from '@tandem/api/upstream';
import type { HealthFinding, ModelEntry } from '@tandem/shared/contracts';
import { cardOfModel, checkpointOf } from './cards';
import { ModelProbe } from './model-probe';
import { openClient } from './open-client';
import { remoteEndpointOf } from './remote-endpoint-of';

const CLOSING_MS = 1_000;

/** Looks at how a model would be that is not configured, as one that is: neither waking nor billing it, and leaving nothing open. */
@Injectable()
export class CandidateProbe {
  constructor(
    private readonly folder: CheckpointsFolder,
    private readonly configured: ModelProbe,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Rejects only when the signal is aborted. */
  async probe(entry: ModelEntry, signal: AbortSignal): Promise<HealthFinding> {
    const model: ConfiguredModel = { id: entry.name, role: 'twodelta', source: 'file', entry };
    const name = checkpointOf(entry.endpoint);
    if (name !== undefined) {
      const checkpoint = (await this.folder.list()).find((found) => found.name === name);
      return this.configured.probe({ card: cardOfModel(model, [], checkpoint), model, checkpoint, since: new Date() }, signal);
    }
    const client = openClient(model, this.environment);
    try {
      return await probeRemote(remoteEndpointOf(model, this.environment), client, signal);
    } finally {
      await client.close(CLOSING_MS);
    }
  }
}
