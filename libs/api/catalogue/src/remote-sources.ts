import { Inject, Injectable } from '@nestjs/common';
import { type ConfiguredModel, ENVIRONMENT, type Environment } from '@tandem/api/config';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { remoteEndpointOf } from './remote-endpoint-of';

/** One source per configured model on a model server, so that what it learned of that server stays. */
@Injectable()
export class RemoteSources {
  private readonly sources = new WeakMap<ConfiguredModel, RemoteSource>();

  constructor(
    private readonly upstream: UpstreamClient,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  of(model: ConfiguredModel): RemoteSource {
    const known = this.sources.get(model);
    if (known) return known;
    const source = new RemoteSource(remoteEndpointOf(model, this.environment), this.upstream);
    this.sources.set(model, source);
    return source;
  }
}
