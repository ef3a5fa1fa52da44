import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigStore, type ConfiguredModel, ENVIRONMENT, type Environment } from '@tandem/api/config';
import { RemoteSource, type UpstreamClient } from '@tandem/api/upstream';
import { type Observable, Subject } from 'rxjs';
import { openClient } from './open-client';
import { seatOfModel } from './place-of';
import { remoteEndpointOf } from './remote-endpoint-of';
import { queueOf } from './remote-limits-of';

const CLOSING_MS = 1_000;

/** The way to one model at a server. */
interface Upstream {
  readonly source: RemoteSource;
  readonly client: UpstreamClient;
}

/**
 * One source per configured model on a model server, so that what it learned of that server stays. Owns the sockets to
 * each: those of a model that is no longer configured so are closed as its answers end, all others on shutdown.
 */
@Injectable()
export class RemoteSources implements OnApplicationShutdown {
  private readonly upstreams = new WeakMap<ConfiguredModel, Upstream>();
  private readonly inUse = new Map<ConfiguredModel, UpstreamClient>();
  private readonly leaving = new Set<UpstreamClient>();
  private readonly doubts = new Subject<string>();

  constructor(
    private readonly config: ConfigStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    config.changes.subscribe(({ models }) => this.retireAllBut(new Set(models)));
  }

  /** By id of every configured model at a model server: whether it is left alone because it failed again and again. */
  get resting(): ReadonlyMap<string, boolean> {
    const remote = this.config.snapshot.models.filter((model) => seatOfModel(model) === undefined);
    return new Map(remote.map((model) => [model.id, this.upstreams.get(model)?.source.trouble?.cause === 'answers_fail']));
  }

  /** Ids of models whose server is worth another look: an answer failed, or its answers can be trusted again. */
  get changes(): Observable<string> {
    return this.doubts;
  }

  of(model: ConfiguredModel): RemoteSource {
    return this.upstreamOf(model).source;
  }

  clientOf(model: ConfiguredModel): UpstreamClient {
    return this.upstreamOf(model).client;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.inUse.values(), ...this.leaving].map((client) => client.close(CLOSING_MS)));
  }

  private upstreamOf(model: ConfiguredModel): Upstream {
    const known = this.upstreams.get(model);
    if (known) return known;
    const client = openClient(model, this.environment);
    const queue = queueOf(model, this.environment);
    const onDoubt = () => this.doubts.next(model.id);
    const made = { client, source: new RemoteSource(remoteEndpointOf(model, this.environment), client, { queue, onDoubt }) };
    this.upstreams.set(model, made);
    this.inUse.set(model, client);
    return made;
  }

  private retireAllBut(models: ReadonlySet<ConfiguredModel>): void {
    for (const [model, client] of this.inUse) {
      if (models.has(model)) continue;
      this.inUse.delete(model);
      this.leaving.add(client);
      void client.retire().then(() => this.leaving.delete(client));
    }
  }
}
