import { MAX_TENSORS } from '../limits';
import { damagedPickle, oversizedPickle } from '../pickle/pickle-refusals';
import { PickledRecord, PickledTuple, type PickledValue } from '../pickle/pickled-value';
import { quoted } from '../quoted';
import { StoredTensor } from '../tensor/stored-tensor';

/** Every tensor in a structure that has been checked, by its path; what an object holds is on the path of the object. */
export function namedTensors(root: PickledValue): ReadonlyMap<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  collect(root, '', tensors);
  return tensors;
}

function collect(value: PickledValue, path: string, tensors: Map<string, StoredTensor>): void {
  if (value instanceof StoredTensor) add(value, path, tensors);
  else if (value instanceof Map) value.forEach((held, key) => collectBelow(held, path, key, tensors));
  else if (value instanceof PickledTuple) value.items.forEach((held, index) => collectBelow(held, path, index, tensors));
  else if (Array.isArray(value)) value.forEach((held, index) => collectBelow(held, path, index, tensors));
  else if (value instanceof PickledRecord) [value.state, value.entries, value.items].forEach((held) => collect(held, path, tensors));
}

function add(tensor: StoredTensor, path: string, tensors: Map<string, StoredTensor>): void {
  if (tensors.has(path)) throw damagedPickle(`it holds two tensors that are both called ${quoted(path)}`);
  if (tensors.size >= MAX_TENSORS) throw oversizedPickle(`one with over ${MAX_TENSORS} tensors`);
  tensors.set(path, new StoredTensor(path, tensor.extent));
}

function collectBelow(held: PickledValue, path: string, key: PickledValue, tensors: Map<string, StoredTensor>): void {
  // Most of a long list are numbers: they need no path.
  if (typeof held !== 'object' || held === null) return;
  const name = typeof key === 'object' ? '?' : String(key);
  collect(held, path === '' ? name : `${path}.${name}`, tensors);
}
