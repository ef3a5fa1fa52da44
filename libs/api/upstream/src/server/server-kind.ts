import { FoundOnce } from '@tandem/shared/concurrency';
import { openedByTemplateOf, type ThoughtFormat } from '@tandem/shared/thoughts';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import type { Dialect } from '../dialects/dialect';
import { dialectOf } from '../dialects/dialect-of';
import { rawDialectOf } from '../dialects/raw-dialect-of';
import { kindByModels, kindByRoutes, type ServerTraits } from './judge-kind';
import { knownServer } from './known-servers';
import { openedThoughtOf } from './opened-thought';
import { askRoute } from './probe-answer';

/** How a server is asked for completions, and where. */
export interface Route {
  readonly dialect: Dialect;
  readonly path: string;
}

/** A kind of server, and its list of models; empty where it has none. */
interface FoundServer extends ServerTraits {
  readonly models: string;
}

/**
 * Which kind of server stands at an endpoint: as configured, or found out by GET on routes that cost nothing, once, and
 * remembered until it stops to fit. Two that ask at once share the finding out.
 */
export class ServerKind {
  private readonly found = new FoundOnce(() => this.find());
  /** Where the kind is configured. */
  private readonly models = new FoundOnce(() => this.read('/v1/models').catch(() => ''));

  constructor(
    private readonly remote: RemoteEndpoint,
    private readonly client: UpstreamClient,
  ) {}

  /** The ways to ask it, best first. `isRaw`: to go on with a text as it is. */
  async routes(isRaw = false): Promise<readonly Route[]> {
    const chat = await this.get();
    return isRaw ? rawRoutes(chat) : [chat];
  }

  /** How it is asked to chat. */
  async get(): Promise<Route> {
    const { protocol = 'auto' } = this.remote;
    const traits: ServerTraits = protocol === 'auto' ? await this.found.get() : { protocol };
    const dialect = dialectOf(traits.protocol);
    return { dialect, path: this.remote.path ?? traits.path ?? dialect.path };
  }

  /** The form of the thought that the text of a chat begins in; undefined where that is not sure. */
  async openedThought(model: string): Promise<ThoughtFormat | undefined> {
    const { protocol = 'auto' } = this.remote;
    if (protocol === 'auto') return openedThoughtOf(model, (await this.found.get()).models);
    if (protocol !== 'openai-chat' || openedByTemplateOf(model) === undefined) return undefined;
    return openedThoughtOf(model, await this.models.get());
  }

  /** As people call it, where its list of models or the configuration says so; null where neither does. */
  async name(): Promise<string | null> {
    const { protocol = 'auto' } = this.remote;
    const models = protocol === 'auto' ? (await this.found.get()).models : await this.models.get();
    return knownServer(models, protocol)?.name ?? null;
  }

  /** The server does not answer as its kind does. */
  forget(): void {
    this.found.forget();
    this.models.forget();
  }

  private async find(): Promise<FoundServer> {
    const models = await this.read('/v1/models');
    const byModels = kindByModels(models);
    if (byModels !== null) return { ...byModels, models };
    const [version, info, openapi] = await Promise.all(['/api/version', '/info', '/openapi.json'].map((path) => this.read(path)));
    return { ...kindByRoutes({ version: version ?? '', info: info ?? '', openapi: openapi ?? '' }), models };
  }

  /** What a route says in JSON, empty where it says nothing. @throws Fault where the server cannot be reached */
  private async read(path: string): Promise<string> {
    // A server that holds its answer back says nothing about its kind either.
    const patience = AbortSignal.timeout(this.client.deadlines.documentMs);
    const answer = await askRoute(this.remote, { path, withKey: true }, this.client, patience).catch(() => null);
    if (answer === null) return '';
    if (answer.kind === 'unreachable') {
      if (answer.fault.code === 'upstream_unreachable') throw answer.fault;
      return '';
    }
    return answer.status < 300 && !answer.isPage ? answer.text : '';
  }
}

/**
 * A server that has no route to go on with a raw text is given it as a user's message. A path that was configured is the
 * only one.
 */
function rawRoutes(chat: Route): readonly Route[] {
  const raw = chat.path === chat.dialect.path ? rawDialectOf(chat.dialect) : undefined;
  return raw === undefined ? [chat] : [{ dialect: raw, path: raw.path }, chat];
}
