import type { Protocol } from '@tandem/shared/contracts';
import { isObject, type JsonObject, readJson } from '../dialects/json';
import { provenServer } from './known-servers';

/** A kind of server, and the path of its completion route where that is not the protocol's own. */
export interface ServerTraits {
  readonly protocol: Exclude<Protocol, 'auto'>;
  readonly path?: string;
}

/** What routes that cost nothing answered with success; empty where they did not. */
export interface KindFacts {
  /** `/api/version`, which Ollama has. */
  readonly version: string;
  /** `/info`, which TGI has. */
  readonly info: string;
  /** `/openapi.json`, which FastAPI has. */
  readonly openapi: string;
}

/** The routes that servers written for one model give their prompt route, in the order in which they are tried. */
const PROMPT_ROUTES = ['/generate_stream', '/generate', '/stream', '/completion', '/chat', '/predict', '/infer'];

function readObject(text: string): JsonObject {
  const document = readJson(text);
  return isObject(document) ? document : {};
}

/** The kind of server that its list of models proves, or null: who owns the models is who serves them. */
export function kindByModels(list: string): ServerTraits | null {
  const proven = provenServer(list);
  return proven === undefined ? null : { protocol: proven.protocol };
}

function takesPost(route: unknown): boolean {
  return isObject(route) && 'post' in route;
}

/** The kind of server that its other routes tell. One that tells nothing is taken for the most common. */
export function kindByRoutes({ version, info, openapi }: KindFacts): ServerTraits {
  if (typeof readObject(version)['version'] === 'string') return { protocol: 'ollama' };
  const { model_id: id, max_total_tokens: total, max_concurrent_requests: requests } = readObject(info);
  if (typeof id === 'string' && (total !== undefined || requests !== undefined)) return { protocol: 'tgi' };
  const { paths } = readObject(openapi);
  if (!isObject(paths)) return { protocol: 'openai-chat' };
  const found = (suffix: string) => Object.keys(paths).find((path) => path.endsWith(suffix) && takesPost(paths[path]));
  if (found('/chat/completions') !== undefined) return { protocol: 'openai-chat' };
  if (found('/completions') !== undefined) return { protocol: 'openai-completions' };
  const path = PROMPT_ROUTES.map(found).find((route) => route !== undefined);
  return path === undefined ? { protocol: 'openai-chat' } : { protocol: 'text', path };
}
