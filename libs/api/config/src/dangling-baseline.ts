import { idsOf } from './model-ids';
import type { PartialDocument } from './parse-document';
import { say, type Sentence } from './sentence';
import type { ConfiguredModel, ConfigSnapshot } from './snapshot';
import type { ConfigSource } from './sources';

const MAX_IDS = 20;
/** Checkpoints are found, not configured: what there is of them is not known here. */
const CHECKPOINT = /\/|\.(?:gguf|safetensors|pth?|ckpt|bin)$/i;

/**
 * A model whose `baseline_id` names nothing, neither what is in force nor what its own document gives, and what is wrong
 * with it in words; undefined where there is none.
 */
export function danglingBaseline(
  { models }: Pick<ConfigSnapshot, 'models'>,
  documents: ReadonlyMap<ConfigSource['name'], PartialDocument>,
): { readonly model: ConfiguredModel; readonly problem: Sentence } | undefined {
  const ids = new Set(models.map(({ id }) => id));
  const own = new Map(
    [...documents].map(([name, { baseline_models = [], twodelta_models = [] }]) => [name, new Set(idsOf(baseline_models, twodelta_models).values())]),
  );
  const names = ({ entry: { baseline_id: id }, source }: ConfiguredModel) =>
    id === undefined || ids.has(id) || own.get(source)?.has(id) === true || CHECKPOINT.test(id);
  const model = models.find((one) => !names(one));
  if (model === undefined) return undefined;
  const others = [...ids].filter((id) => id !== model.id);
  const listed = others.length === 0 ? 'none' : others.slice(0, MAX_IDS).join(', ') + (others.length > MAX_IDS ? ', …' : '');
  return {
    model,
    problem: say`names in baseline_id of "${model.entry.name}" the model "${model.entry.baseline_id ?? ''}", which there is not. Ids there are: ${listed}.`,
  };
}
