import { type ConfiguredModel, DEMO_ENDPOINTS } from '@tandem/api/config';
import type { Checkpoint, ModelCard } from '@tandem/shared/contracts';

const LOCAL = 'local:';

/** The checkpoint an endpoint names, where it names one. */
export function checkpointOf(endpoint: string): string | undefined {
  return endpoint.startsWith(LOCAL) ? endpoint.slice(LOCAL.length) : undefined;
}

/** The card of a configured model; what its entry leaves open is filled from the checkpoint behind it. */
export function cardOfModel(model: ConfiguredModel, derivatives: readonly string[], checkpoint: Checkpoint | undefined): ModelCard {
  const { id, role, source, entry } = model;
  return {
    id,
    name: entry.name,
    title: entry.title ?? entry.name,
    description: entry.description ?? null,
    provider: entry.provider ?? null,
    type: entry.type ?? checkpoint?.type ?? null,
    context_length: entry.context_length ?? checkpoint?.context_length ?? null,
    baseline_id: entry.baseline_id ?? null,
    price: entry.price ?? null,
    derivatives,
    role,
    endpoint: entry.endpoint,
    source,
    place: checkpointOf(entry.endpoint) === undefined ? 'remote' : 'local',
    is_demo: entry.adapter === undefined && DEMO_ENDPOINTS.has(entry.endpoint),
    scoring: checkpointOf(entry.endpoint) === undefined ? 'unknown' : scoringOf(checkpoint),
    images: checkpointOf(entry.endpoint) === undefined ? null : false,
  };
}

/** The card of a discovered checkpoint. Its name is its id. */
export function cardOfCheckpoint(checkpoint: Checkpoint): ModelCard {
  const { name } = checkpoint;
  return {
    id: name,
    name,
    title: titleOf(name),
    description: describe(checkpoint),
    provider: 'local',
    type: checkpoint.type,
    context_length: checkpoint.context_length,
    baseline_id: null,
    price: null,
    derivatives: [],
    role: 'local',
    endpoint: LOCAL + name,
    source: 'checkpoint',
    place: 'local',
    is_demo: DEMO_ENDPOINTS.has(LOCAL + name),
    scoring: scoringOf(checkpoint),
    images: false,
  };
}

/** What can be loaded here reads texts here. */
function scoringOf(checkpoint: Checkpoint | undefined): ModelCard['scoring'] {
  return checkpoint?.loadable ? 'prefill' : 'none';
}

/** A training's files have one name in every project ("best", "ckpt"): the folder tells them apart. A folder's name may hold dots. */
function titleOf(name: string): string {
  const steps = name.split('/');
  const isTrained = /\.(pt|pth|ckpt|bin|safetensors)$/i.test(name);
  return steps
    .slice(isTrained ? -2 : -1)
    .join('/')
    .replace(/\.(gguf|pt|pth|ckpt|bin|safetensors)$/i, '');
}

/** The ids of the models derived from each model. */
export function derivativesOf(models: readonly ConfiguredModel[]): ReadonlyMap<string, readonly string[]> {
  const derivatives = new Map<string, string[]>();
  for (const { id, entry } of models) {
    if (entry.baseline_id === undefined) continue;
    derivatives.set(entry.baseline_id, [...(derivatives.get(entry.baseline_id) ?? []), id]);
  }
  return derivatives;
}

function describe({ loadable, reason, architecture, quantization, parameters }: Checkpoint): string | null {
  if (!loadable) return reason;
  const size = parameters === null ? null : `${parameters.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 })} parameters`;
  return [architecture, quantization, size].filter((fact) => fact !== null).join(' · ') || null;
}
