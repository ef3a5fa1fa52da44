import { type CheckpointFile, isSourceTensor, PickledRecord, type PickledValue, RefusedCheckpoint, type SourceTensor } from '@tandem/import/formats';

type Dictionary = ReadonlyMap<PickledValue, PickledValue>;

/** Under which names projects keep their weights beside the optimizer's and the rest. */
const HOLDERS = ['model_state_dict', 'model', 'state_dict', 'module', 'model_state', 'net', 'policy_state_dict', 'actor_state_dict'];
/** What compiling a model and training it on several devices put before every name. */
const WRAPPERS = /^(?:_orig_mod\.|module\.)+/;
const OPTIMIZERS = ['optimizer', 'optimizer_state_dict', 'param_groups'];

export interface NamedWeights {
  readonly tensors: ReadonlyMap<string, SourceTensor>;
  /** What else the file holds. */
  readonly extras: Dictionary;
}

/** The weights of one model, by the names its code gives them. */
export function namedWeights(file: CheckpointFile): NamedWeights {
  const root = dictionaryIn(file.value);
  if (root === undefined) return { tensors: unwrapped(file.tensors), extras: new Map() };
  const holder = HOLDERS.map((name) => dictionaryIn(root.get(name) ?? null)).find((one) => one !== undefined && tensorsIn(one).size > 0);
  const tensors = tensorsIn(holder ?? root);
  if (tensors.size === 0) throw nothingIn(root);
  return { tensors: unwrapped(tensors), extras: holder === undefined ? new Map() : root };
}

/** The same weights without a first part that all names share: a training framework holds the model in a field of its own. */
export function withoutCommonPrefix(tensors: ReadonlyMap<string, SourceTensor>): ReadonlyMap<string, SourceTensor> {
  const names = [...tensors.keys()];
  const prefix = names[0]?.slice(0, names[0].indexOf('.') + 1) ?? '';
  if (prefix === '' || names.some((name) => !name.startsWith(prefix))) return tensors;
  return new Map([...tensors].map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** A dictionary, also one of a class of its own such as OrderedDict. */
function dictionaryIn(value: PickledValue): Dictionary | undefined {
  if (value instanceof Map) return value;
  return value instanceof PickledRecord && value.entries.size > 0 ? value.entries : undefined;
}

function tensorsIn(dictionary: Dictionary): Map<string, SourceTensor> {
  const tensors = new Map<string, SourceTensor>();
  for (const [name, value] of dictionary) if (typeof name === 'string' && isSourceTensor(value)) tensors.set(name, value);
  return tensors;
}

function unwrapped(tensors: ReadonlyMap<string, SourceTensor>): Map<string, SourceTensor> {
  return new Map([...tensors].map(([name, tensor]) => [name.replace(WRAPPERS, ''), tensor]));
}

function nothingIn(root: Dictionary): RefusedCheckpoint {
  const isOptimizer = OPTIMIZERS.some((name) => root.has(name));
  return new RefusedCheckpoint(
    'weights',
    isOptimizer
      ? 'The file holds the state of an optimizer and no weights: pick the checkpoint that was saved with it.'
      : 'The file holds no weights by name: it is no checkpoint of a model.',
  );
}
