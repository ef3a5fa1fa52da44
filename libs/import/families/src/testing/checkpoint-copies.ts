import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { elementCount, openCheckpoint } from '@tandem/import/formats';
import {
  CHECKPOINT_FIXTURES_FOLDER,
  type CheckpointFixture,
  type Pickled,
  pickledDictionary,
  pickledTensor,
  safetensorsBytes,
  torchFileBytes,
} from '@tandem/testing';
import { namedWeights } from '../named-weights';
import { weightsAt } from '../weights-at';

export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type WeightsByName = Map<string, Weight>;

/** A folder of one test's own: fixtures are copied into it, and changed there. */
export class CheckpointCopies {
  root = '';

  constructor() {
    beforeEach(() => (this.root = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-families-')))));
    afterEach(() => rmSync(this.root, { recursive: true }));
  }

  copy(name: CheckpointFixture): string {
    const target = join(this.root, name);
    cpSync(join(CHECKPOINT_FIXTURES_FOLDER, name), target, { recursive: true });
    return target;
  }

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Changes members of a JSON document; what is undefined goes. */
  json(folder: string, file: string, changes: object): void {
    const path = join(folder, file);
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...changes }));
  }

  /** Writes a checkpoint's weights anew, in 32 bits and one file; with `extras` as torch.save does, under `model`. */
  weights(path: string, change: (weights: WeightsByName) => void, extras?: Readonly<Record<string, Pickled>>): void {
    const source = weightsAt(path);
    const weights = weightsIn(source);
    change(weights);
    if (source.endsWith('.index.json')) rmSync(source);
    const target = source.endsWith('.index.json') ? join(dirname(source), 'model.safetensors') : source;
    writeFileSync(target, extras === undefined ? asSafetensors(weights) : asTorchFile(weights, extras));
  }
}

export function weight(shape: readonly number[], value = 0): Weight {
  return { shape, values: new Float32Array(elementCount({ shape })).fill(value) };
}

function weightsIn(path: string): WeightsByName {
  const file = openCheckpoint(path);
  try {
    const { tensors } = namedWeights(file);
    return new Map([...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, values: tensor.readF32(0, elementCount(tensor)) }]));
  } finally {
    file.close();
  }
}

function asSafetensors(weights: WeightsByName): Buffer {
  return safetensorsBytes({
    tensors: Object.fromEntries([...weights].map(([name, { shape, values }]) => [name, { dtype: 'F32', shape, data: bytesOf(values) }])),
  });
}

function asTorchFile(weights: WeightsByName, extras: Readonly<Record<string, Pickled>>): Buffer {
  const keyed = [...weights].map(([name, one], key) => ({ name, key: String(key), ...one }));
  const model = pickledDictionary(Object.fromEntries(keyed.map(({ name, key, shape }) => [name, pickledTensor({ key, shape })])));
  return torchFileBytes({
    value: pickledDictionary({ model, ...extras }),
    storages: Object.fromEntries(keyed.map(({ key, values }) => [key, bytesOf(values)])),
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
