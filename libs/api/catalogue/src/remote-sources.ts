import { Inject, Injectable } from '@nestjs/common';
import { ConfigStore, type ConfiguredModel, ENVIRONMENT, type Environment } from '@tandem/api/config';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { seatOfModel } from './place-of';
import { remoteEndpointOf } from './remote-endpoint-of';

/** One source per configured model on a model server, so that what it learned of that server stays. */
@Injectable()
export class RemoteSources {
  private readonly sources = new WeakMap<ConfiguredModel, RemoteSource>();

  constructor(
    private readonly upstream: UpstreamClient,
    private readonly config: ConfigStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** By id of every configured model at a model server: whether it is left alone because it failed again and again. */
  get resting(): ReadonlyMap<string, boolean> {
    const remote = this.config.snapshot.models.filter((model) => seatOfModel(model) === undefined);
    return new Map(remote.map((model) => [model.id, (this.sources.get(model)?.trouble ?? null) !== null]));
  }

  of(model: ConfiguredModel): RemoteSource {
    const known = this.sources.get(model);
    if (known) return known;
    const source = new RemoteSource(remoteEndpointOf(model, this.environment), this.upstream);
    this.sources.set(model, source);
    return source;
  }
}
