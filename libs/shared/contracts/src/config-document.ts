import type { Price } from './model';
import type { ParameterDefaults } from './parameters';

export const PROTOCOLS = ['auto', 'openai-chat', 'openai-completions', 'llama-server', 'ollama', 'tgi', 'text', 'sse'] as const;

/** How a model server speaks; `auto` finds out. */
export type Protocol = (typeof PROTOCOLS)[number];

/** How long a model server may take, in milliseconds. */
export interface ModelDeadlines {
  readonly connect_ms?: number;
  /** From the request to the answer's headers. */
  readonly headers_ms?: number;
  /** Between two pieces of content. */
  readonly silence_ms?: number;
  /** For one whole answer. */
  readonly total_ms?: number;
}

/** One model of a configuration document. Only `name` and `endpoint` are required. */
export interface ModelEntry {
  readonly name: string;
  /** `host[:port][/base]`, an http(s) URL, or `local:<checkpoint name>`. */
  readonly endpoint: string;
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly provider?: string;
  readonly type?: string;
  /** In tokens. */
  readonly context_length?: number;
  readonly baseline_id?: string;
  readonly price?: Price;
  readonly protocol?: Protocol;
  /** The name to ask that server for; by default the first that it lists. */
  readonly model?: string;
  /** Path of the completion route, where it is not the protocol's own. */
  readonly path?: string;
  readonly health_path?: string;
  /** Name of the environment variable that holds this model's key. */
  readonly api_key_env?: string;
  /** How many answers its server gives at once. */
  readonly max_concurrency?: number;
  /** How many requests may wait beside those. */
  readonly max_waiting?: number;
  readonly deadlines?: ModelDeadlines;
  /** A LoRA adapter over a local checkpoint. */
  readonly adapter?: { readonly file: string; readonly scale?: number };
  /** Sampling values used where a request names none; null for one that is never to be sent to its server. */
  readonly parameters?: ParameterDefaults;
}

export interface ConfigDocument {
  readonly baseline_models: readonly ModelEntry[];
  readonly twodelta_models: readonly ModelEntry[];
}

/** Body of `GET /api/config`. */
export interface ConfigStatusBody {
  readonly status: 'success';
  /** Source of each list, joined with `+` where they differ. */
  readonly source: string;
  readonly version: string;
  readonly etag: string | null;
  readonly loaded_at: string;
  readonly next_refresh_at: string | null;
  readonly last_error: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly counts: { readonly baseline: number; readonly twodelta: number; readonly local: number };
}

/** Body of `POST /api/config/models`. */
export interface AddedModelBody {
  readonly status: 'success';
  readonly id: string;
}
