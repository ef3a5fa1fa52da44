import { type FileBytes } from '../file-bytes';
import { type Call } from '../pickle/calls';
import { damagedPickle } from '../pickle/pickle-refusals';
import { PickledName, PickledTuple, type PickledValue } from '../pickle/pickled-value';
import { quoted } from '../quoted';
import { ELEMENT_BYTES, type ElementType } from '../tensor/element-type';
import { StoredTensor } from '../tensor/stored-tensor';
import { TorchStorage } from './torch-storage';
import { TENSOR_TYPES } from './torch-types';
import { unsupportedTensor } from './unsupported-tensor';

/** As many as PyTorch allows. */
const MAX_DIMENSIONS = 64;
const TENSORS = new Set(['torch._utils._rebuild_tensor', 'torch._utils._rebuild_tensor_v2']);
const TYPED_TENSOR = 'torch._utils._rebuild_tensor_v3';
const PARAMETERS = new Set(['torch._utils._rebuild_parameter', 'torch._utils._rebuild_parameter_with_state', 'torch.nn.parameter.Parameter']);
const OTHER_TENSORS = /^torch\.(_utils|_tensor|_prims_common|sparse|nested)\._?rebuild|^torch\._tensor\.|^torchao\.|^bitsandbytes\./;

/** What makes a tensor when a checkpoint is loaded, here only finding where it lies. */
export function rebuilders(file: FileBytes): (name: string) => Call | null {
  return (name) => {
    if (TENSORS.has(name)) return (args) => tensorAt(file, args, null);
    if (name === TYPED_TENSOR) return (args) => tensorAt(file, args, typeOf(args[6]));
    if (PARAMETERS.has(name)) return ([tensor]) => tensorIn(tensor);
    if (OTHER_TENSORS.test(name)) throw unsupportedTensor(name);
    return null;
  };
}

function tensorAt(file: FileBytes, [storage, offset, shape, strides]: readonly PickledValue[], type: ElementType | null): StoredTensor {
  if (!(storage instanceof TorchStorage)) throw damagedPickle('a tensor in it has no storage');
  const elementType = type ?? storage.type;
  if (elementType === null) throw damagedPickle(`a tensor over the storage ${quoted(storage.key)} does not say its type`);
  const sizes = naturals(shape, storage);
  const steps = naturals(strides, storage);
  const first = natural(offset, storage);
  if (sizes.length !== steps.length || sizes.length > MAX_DIMENSIONS) throw damagedPickle(`${over(storage)} has a shape that does not fit its strides`);
  checkExtent(file, storage, ELEMENT_BYTES[elementType], { first, sizes, steps });
  const start = storage.bytes.start + first * ELEMENT_BYTES[elementType];
  return new StoredTensor(`data/${storage.key}`, { file, start, type: elementType, shape: sizes, strides: steps });
}

/** Sums beyond what a number can hold are still far beyond any storage. */
function checkExtent(file: FileBytes, storage: TorchStorage, width: number, at: { first: number; sizes: number[]; steps: number[] }): void {
  const count = at.sizes.reduce((product, size) => product * size, 1);
  // With strides of 0 one element can claim to be any number of them.
  if (count * width > file.sizeBytes) throw damagedPickle(`${over(storage)} claims ${count} elements, more than the file could hold`);
  const end = count === 0 ? at.first : at.sizes.reduce((last, size, axis) => last + (size - 1) * (at.steps[axis] ?? 0), at.first + 1);
  if (end * width > storage.bytes.sizeBytes) {
    throw damagedPickle(`${over(storage)} reaches to byte ${end * width} of ${storage.bytes.sizeBytes}`);
  }
}

function naturals(values: PickledValue | undefined, storage: TorchStorage): number[] {
  if (!(values instanceof PickledTuple)) throw damagedPickle(`${over(storage)} has no shape`);
  return values.items.map((value) => natural(value, storage));
}

function natural(value: PickledValue | undefined, storage: TorchStorage): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw damagedPickle(`${over(storage)} has an impossible shape, stride or offset${typeof value === 'bigint' ? ` (${value})` : ''}`);
}

function typeOf(name: PickledValue | undefined): ElementType {
  const type = name instanceof PickledName && Object.hasOwn(TENSOR_TYPES, name.name) ? TENSOR_TYPES[name.name] : undefined;
  if (type === undefined) throw unsupportedTensor(name instanceof PickledName ? name.name : 'of no type');
  return type;
}

function tensorIn(value: PickledValue | undefined): StoredTensor {
  if (value instanceof StoredTensor) return value;
  throw damagedPickle('a parameter in it is no tensor');
}

function over({ key }: TorchStorage): string {
  return `a tensor over the storage ${quoted(key)}`;
}
