import { damagedPickle, unneededCall } from './pickle-refusals';
import { numpyScalar } from './numpy-scalar';
import { PickledName, PickledRecord, PickledTuple, type PickledValue } from './pickled-value';
import { isPythonsOwn } from './pythons-own';

export type Call = (args: readonly PickledValue[]) => PickledValue;

/** What only a whole checkpoint knows: where its storages lie and how tensors are made over them. */
export interface Surroundings {
  storage(id: PickledValue): PickledValue;
  rebuilder(name: string): Call | null;
  isTensor(value: PickledValue): boolean;
}

const PLAIN: Readonly<Record<string, Call>> = {
  'collections.OrderedDict': ([pairs]) => dictionaryOf(pairs),
  'collections.Counter': ([counts]) => dictionaryOf(counts),
  'collections.defaultdict': () => new Map(),
  dict: ([pairs]) => dictionaryOf(pairs),
  set: ([items]) => new Set(listOf(items)),
  frozenset: ([items]) => new Set(listOf(items)),
  list: ([items]) => [...listOf(items)],
  tuple: ([items]) => new PickledTuple(listOf(items)),
  bytearray: ([content]) => bytesOf(content),
  'torch.Size': ([items]) => new PickledTuple(listOf(items)),
  '_codecs.encode': ([content]) => bytesOf(content),
  'copyreg._reconstructor': ([type]) => reconstructed(type),
  'numpy.core.multiarray.scalar': numpyScalar,
  'numpy._core.multiarray.scalar': numpyScalar,
};

/** Of these only the name and the arguments are kept: paths, moments, devices and random states as configurations hold them. */
const INERT = new Set([
  'argparse.Namespace',
  'complex',
  'datetime.date',
  'datetime.datetime',
  'datetime.time',
  'datetime.timedelta',
  'datetime.timezone',
  'decimal.Decimal',
  'fractions.Fraction',
  'numpy._core.multiarray._reconstruct',
  'numpy._core.numeric._frombuffer',
  'numpy.core.multiarray._reconstruct',
  'numpy.core.numeric._frombuffer',
  'numpy.dtype',
  'object',
  'range',
  'slice',
  'torch.device',
  'torch.serialization._get_layout',
  'types.SimpleNamespace',
]);
const PATH = /^pathlib\.(_local\.)?(Pure)?(Posix|Windows)?Path$/;
/** As Python 2 and 3 call their own. */
const BUILTIN = /^(builtins|__builtin__)\.|^copy_reg\./;

/** What to do instead of a call that is known to be harmless; null for all others. */
export function callByName(name: string, surroundings: Surroundings): Call | null {
  const plainName = name.replace(BUILTIN, (module) => (module === 'copy_reg.' ? 'copyreg.' : ''));
  if (Object.hasOwn(PLAIN, plainName)) return PLAIN[plainName] ?? null;
  if (INERT.has(plainName) || PATH.test(name)) return (args) => new PickledRecord(name, args);
  return surroundings.rebuilder(name);
}

function dictionaryOf(content: PickledValue | undefined): Map<PickledValue, PickledValue> {
  if (content instanceof Map) return new Map(content);
  return new Map(listOf(content).map((pair) => pairOf(pair)));
}

function pairOf(pair: PickledValue): [PickledValue, PickledValue] {
  const [key, value, ...others] = listOf(pair);
  if (key === undefined || value === undefined || others.length > 0) throw damagedPickle('an entry of a dictionary in it is no pair');
  return [key, value];
}

function listOf(items: PickledValue | undefined): readonly PickledValue[] {
  if (items === undefined) return [];
  if (items instanceof PickledTuple) return items.items;
  if (items instanceof Set) return [...items];
  if (!Array.isArray(items)) throw damagedPickle('it calls something with arguments that do not fit');
  return items;
}

/** How Python 3 writes bytes for Python 2: as text in which each character is one byte. */
function bytesOf(content: PickledValue | undefined): Uint8Array {
  if (content instanceof Uint8Array) return content;
  if (typeof content !== 'string' && content !== undefined) throw damagedPickle('it calls something with arguments that do not fit');
  return new Uint8Array(Buffer.from(content ?? '', 'latin1'));
}

function reconstructed(type: PickledValue | undefined): PickledRecord {
  if (!(type instanceof PickledName)) throw damagedPickle('it makes an object of something that is no class');
  if (isPythonsOwn(type.name)) throw unneededCall(type.name);
  return new PickledRecord(type.name, []);
}
