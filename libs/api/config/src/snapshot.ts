import { createHash } from 'node:crypto';
import type { ModelEntry, ModelRole } from '@tandem/shared/contracts';
import type { PartialDocument } from './parse-document';
import type { ConfigSource } from './sources';

/** A configured model with everything that follows from its place. */
export interface ConfiguredModel {
  readonly id: string;
  readonly role: Exclude<ModelRole, 'local'>;
  readonly source: ConfigSource['name'];
  readonly entry: ModelEntry;
}

/** The configuration as of one moment. Never changes; a refresh makes a new one. */
export interface ConfigSnapshot {
  readonly models: readonly ConfiguredModel[];
  /** Where each list comes from. */
  readonly sources: { readonly baseline: ConfigSource['name']; readonly twodelta: ConfigSource['name'] };
  /** The same content has the same version. */
  readonly version: string;
  readonly loadedAt: Date;
  /** False while no source could say what there is. */
  readonly hasModels: boolean;
}

export interface LoadedSource {
  readonly name: ConfigSource['name'];
  readonly document: PartialDocument;
}

/** Puts the sources together, highest priority first: per list, the first that gives it wins. `before` is what they made last time. */
export function combine(loaded: readonly LoadedSource[], loadedAt: Date, before?: ConfigSnapshot): ConfigSnapshot {
  const known = new Map(before?.models.map((model) => [JSON.stringify(model), model]));
  const ids = new Map<string, number>();
  const pick = (list: 'baseline_models' | 'twodelta_models', role: ConfiguredModel['role']) => {
    const winner = loaded.find(({ document }) => document[list] !== undefined);
    const entries = winner?.document[list] ?? [];
    const source = winner?.name ?? 'default';
    return { source, models: entries.map((entry): ConfiguredModel => ({ id: uniqueId(entry, ids), role, source, entry })) };
  };
  const baseline = pick('baseline_models', 'baseline');
  const twodelta = pick('twodelta_models', 'twodelta');
  // one that did not change stays the same object: what was learned about it goes on
  const models = [...baseline.models, ...twodelta.models].map((model) => known.get(JSON.stringify(model)) ?? model);
  return {
    models,
    sources: { baseline: baseline.source, twodelta: twodelta.source },
    version: createHash('sha256').update(JSON.stringify(models)).digest('hex').slice(0, 12),
    loadedAt,
    hasModels: loaded.some(({ document }) => document.baseline_models !== undefined || document.twodelta_models !== undefined),
  };
}

/** The entry's own id, or a stable slug of its name; a number behind it where that is taken. `taken` holds the last number of each. */
function uniqueId(entry: ModelEntry, taken: Map<string, number>): string {
  const wanted = entry.id ?? slugOf(entry.name);
  let id = wanted;
  let copy = taken.get(wanted) ?? 1;
  while (taken.has(id)) id = `${wanted}-${++copy}`;
  taken.set(id, 1).set(wanted, copy);
  return id;
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return slug || 'model';
}
