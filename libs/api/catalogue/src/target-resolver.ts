import { Inject, Injectable } from '@nestjs/common';
import type { CompletionSource, Target } from '@tandem/api/completion';
import { type ConfiguredModel, ENVIRONMENT, type Environment } from '@tandem/api/config';
import { LocalRuntime } from '@tandem/api/inference';
import { RemoteSource, UpstreamClient } from '@tandem/api/upstream';
import { Catalogue, type CatalogueItem } from './catalogue';
import { placeOf } from './place-of';
import { remoteEndpointOf } from './remote-endpoint-of';

/** Finds what can answer for a model, and opens the source behind it. One remote source per configured model, so that what it learned stays. */
@Injectable()
export class TargetResolver {
  private readonly remote = new WeakMap<ConfiguredModel, CompletionSource>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly runtime: LocalRuntime,
    private readonly upstream: UpstreamClient,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** @throws Fault `model_not_found` */
  async resolve(model: string): Promise<Target> {
    const item = await this.catalogue.find(model);
    return { card: item.card, defaults: item.model?.entry.parameters ?? {}, source: this.sourceOf(item) };
  }

  private sourceOf(item: CatalogueItem): CompletionSource {
    const place = placeOf(item);
    if (place.seat !== undefined) return this.runtime.sourceFor(place.seat);
    const model = place.remote;
    const known = this.remote.get(model);
    if (known) return known;
    const source = new RemoteSource(remoteEndpointOf(model, this.environment), this.upstream);
    this.remote.set(model, source);
    return source;
  }
}
