import type { ScoringMethod } from './score';

/** Which part a model plays. */
export type ModelRole = 'baseline' | 'twodelta' | 'local';

/** Where a model's entry comes from. */
export type ModelSource = 'env' | 's3' | 'file' | 'default' | 'checkpoint';

export type ModelPlace = 'local' | 'remote';

export interface Price {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
  /** What the amounts are for, such as "1M tokens". */
  readonly unit: string;
}

/** What clients see of a model. Null where it is unknown; never a key or a header. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly provider: string | null;
  readonly type: string | null;
  /** In tokens. */
  readonly context_length: number | null;
  readonly baseline_id: string | null;
  readonly price: Price | null;
  /** Ids of the models whose `baseline_id` is this one. */
  readonly derivatives: readonly string[];
  readonly role: ModelRole;
  /** `host[:port][/base]`, a URL, or `local:<checkpoint>`. */
  readonly endpoint: string;
  readonly source: ModelSource;
  /** `local`: what this server's own engine runs. */
  readonly place: ModelPlace;
  /** It came with Tandem. */
  readonly is_demo: boolean;
  /** How it is told how likely a text is; `unknown`: its server was not asked for that yet. */
  readonly scoring: ScoringMethod | 'none' | 'unknown';
  /** Whether it takes images; null where that is not known. */
  readonly images: boolean | null;
}

export interface ModelListBody {
  readonly status: 'success';
  readonly models: readonly ModelCard[];
  readonly count: number;
}

export interface ModelBody {
  readonly status: 'success';
  readonly model: ModelCard;
}

export type CheckpointType = 'Pretrained' | 'SFT' | 'RL' | 'Other';

/** `converting`: into the GGUF that is loaded; once, and kept. */
export type CheckpointState = 'unloaded' | 'converting' | 'loading' | 'loaded' | 'unloading' | 'failed';

/** `pytorch`: a file of torch.save; `safetensors`: a file or a Hugging Face folder of them. */
export type CheckpointFormat = 'gguf' | 'pytorch' | 'safetensors';

/** A checkpoint on this machine, as its file's header describes it; null where the header does not say. */
export interface Checkpoint {
  /** Relative to the checkpoints folder's parent. */
  readonly path: string;
  readonly name: string;
  readonly size_mb: number;
  /** `YYYY-MM-DD hh:mm:ss`, UTC. */
  readonly modified: string;
  readonly type: CheckpointType;
  readonly status: CheckpointState;
  readonly loadable: boolean;
  /** Why it is not loadable, and what to do; or why it could not be loaded the last time. */
  readonly reason: string | null;
  readonly architecture: string | null;
  readonly quantization: string | null;
  readonly parameters: number | null;
  readonly context_length: number | null;
  readonly chat_template: boolean | null;
  readonly memory_estimate_mb: number | null;
  readonly format: CheckpointFormat;
  /** Whether its conversion is kept already; null for a GGUF, which needs none, and while that is not known. */
  readonly converted: boolean | null;
  /** How large its conversion is, or will be; null for a GGUF, and while that is not known. */
  readonly conversion_mb: number | null;
  /** Which project's model it is; null for a GGUF, and while that is not known. */
  readonly family: string | null;
  /** What is believed about it that stands nowhere. */
  readonly assumptions: readonly string[];
}

export interface CheckpointListBody {
  /** Keyed by name. */
  readonly models: Readonly<Record<string, Checkpoint>>;
  readonly count: number;
}

/** Body of `GET /api/models/{name}/status`: what is going on with a local model right now. */
export interface ModelStatus {
  /** The checkpoint's name, or the id of a configured model that puts an adapter over one. */
  readonly name: string;
  readonly status: CheckpointState;
  readonly loaded: boolean;
  /** Of the conversion while it is `converting`, else of the load; 0 to 1. */
  readonly progress: number;
  /** Why it failed; null otherwise. */
  readonly error: string | null;
  /** What it takes of the memory while it is loaded, else null. */
  readonly memory_mb: number | null;
  readonly active_generations: number;
  /** ISO 8601 UTC; null when it was not used since the start. */
  readonly last_used: string | null;
}

/** What `GET /api/checkpoints/stream` sends: a model whose status changed, or that the list of files did. */
export type CheckpointEvent = { readonly type: 'status'; readonly status: ModelStatus } | { readonly type: 'list' };

/** Body of `GET /api/memory`. */
export interface MemoryBody {
  readonly status: 'success';
  /** What the machine, or the container, has. */
  readonly total_mb: number;
  /** What could still be taken of it. */
  readonly available_mb: number;
  /** Loaded models, the largest first. */
  readonly models: readonly { readonly name: string; readonly memory_mb: number }[];
}

/** One of the files that a model's weights lie in. */
export interface FileChecksum {
  /** Its name, without its folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of its content, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** Body of `GET /api/models/{name}/checksums`: the checkpoint's files in their order, then those of the adapter over it. */
export interface ChecksumsBody {
  readonly status: 'success';
  readonly checksums: readonly FileChecksum[];
}

/** Body of an action that succeeded: load, unload, clear. */
export interface ActionBody {
  readonly success: true;
  readonly message: string;
}
