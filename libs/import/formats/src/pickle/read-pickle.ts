import { type Surroundings } from './calls';
import { checkStructure } from './check-structure';
import { PickleMachine } from './pickle-machine';
import { damagedPickle, oversizedPickle } from './pickle-refusals';
import { type PickledValue } from './pickled-value';
import { runPickle } from './run-pickle';

const MAX_BYTES = 128 * 1024 * 1024;

const NO_TENSORS: Surroundings = {
  storage: () => {
    throw damagedPickle('it refers to tensors, which only the archives of torch.save hold');
  },
  rebuilder: () => null,
  isTensor: () => false,
};

/** A pickle as plain data; nothing that it names is looked up or run. Without surroundings one that holds no tensors, as `meta.pkl`. */
export function readPickle(bytes: Uint8Array, surroundings: Surroundings = NO_TENSORS): PickledValue {
  checkPickleSize(bytes.byteLength);
  const value = runPickle(new PickleMachine(bytes, surroundings));
  checkStructure(value);
  return value;
}

/** To be asked before the bytes are read. */
export function checkPickleSize(sizeBytes: number): void {
  if (sizeBytes > MAX_BYTES) throw oversizedPickle(`${Math.ceil(sizeBytes / 1024 / 1024)} MB long (at most ${MAX_BYTES / 1024 / 1024})`);
}
