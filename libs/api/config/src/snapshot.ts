import { createHash } from 'node:crypto';
import type { ModelEntry, ModelRole } from '@tandem/shared/contracts';
import { idsOf } from './model-ids';
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
  const baseline = pick(loaded, 'baseline_models');
  const twodelta = pick(loaded, 'twodelta_models');
  const ids = idsOf(baseline.entries, twodelta.entries);
  const modelsOf = ({ source, entries }: Winner, role: ConfiguredModel['role']) =>
    entries.map((entry): ConfiguredModel => ({ id: ids.get(entry) ?? '', role, source, entry }));
  // one that did not change stays the same object: what was learned about it goes on
  const models = [...modelsOf(baseline, 'baseline'), ...modelsOf(twodelta, 'twodelta')].map((model) => known.get(JSON.stringify(model)) ?? model);
  return {
    models,
    sources: { baseline: baseline.source, twodelta: twodelta.source },
    version: createHash('sha256').update(JSON.stringify(models)).digest('hex').slice(0, 12),
    loadedAt,
    hasModels: loaded.some(({ document }) => document.baseline_models !== undefined || document.twodelta_models !== undefined),
  };
}

interface Winner {
  readonly source: ConfigSource['name'];
  readonly entries: readonly ModelEntry[];
}

function pick(loaded: readonly LoadedSource[], list: 'baseline_models' | 'twodelta_models'): Winner {
  const winner = loaded.find(({ document }) => document[list] !== undefined);
  return { source: winner?.name ?? 'default', entries: winner?.document[list] ?? [] };
}
