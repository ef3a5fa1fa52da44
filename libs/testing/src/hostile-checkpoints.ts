import { readFileSync } from 'node:fs';
import { safetensorsBytes, torchFileBytes } from './checkpoint-bytes';
import { type CheckpointFixture, checkpointFixture } from './checkpoint-fixtures';
import {
  type Pickled,
  pickledCall,
  pickledDictionary,
  pickledInteger,
  pickledList,
  pickledName,
  pickledTensor,
  pickledText,
  pickledTuple,
} from './pickle-bytes';

const VALUES = Buffer.from(Float32Array.from({ length: 16 }, (_, index) => index).buffer);
const tensor = (changes: object = {}): Pickled => pickledTensor({ key: '0', shape: [4, 4], ...changes });
const torch = (value: Pickled): Buffer => torchFileBytes({ value, storages: { 0: VALUES } });
const weights = (name: CheckpointFixture, file: string): Buffer => readFileSync(checkpointFixture(name).path.replace(/[^/]*$/, file));
const nested = (depth: number): Pickled => Buffer.concat([Buffer.alloc(depth, '('), pickledInteger(1), Buffer.alloc(depth, 't')]);

function f32(...data: readonly number[]) {
  return { dtype: 'F32', shape: [data.length], data: Buffer.from(Float32Array.from(data).buffer) };
}

/**
 * Files that no conversion can come of, by their names, each with what its reason says. `marker`: a file that is there
 * afterwards where code in one of them ran.
 */
export function hostileCheckpoints(marker: string): Readonly<Record<string, readonly [bytes: Buffer, reason: RegExp]>> {
  const touch = pickledText(`touch ${marker}`);
  const whole = weights('nanogpt', 'ckpt.pt');
  return {
    'runs-a-command.pt': [torch(pickledDictionary({ model: pickledCall(pickledName('posix', 'system'), touch) })), /calls "posix\.system"/],
    'runs-code-for-a-weight.ckpt': [torch(pickledDictionary({ 'fc.weight': pickledCall(pickledName('builtins', 'eval'), touch) })), /calls "builtins\.eval"/],
    'is-cut.pt': [whole.subarray(0, whole.length / 2), /cut short/],
    'is-empty.pt': [Buffer.alloc(0), /empty/],
    'is-a-pointer.bin': [Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'), /git lfs pull/],
    'is-a-page.pth': [Buffer.from('<!DOCTYPE html><html>Log in first</html>'), /.{20}/],
    'is-too-deep.pt': [torch(nested(200_000)), /nested/],
    'reaches-past-its-storage.pt': [torch(pickledDictionary({ 'fc.weight': tensor({ shape: [64, 64], storageCount: 16 }) })), /claims 4096 elements/],
    'has-a-mad-stride.pt': [torch(pickledDictionary({ 'fc.weight': tensor({ strides: [2n ** 61n, 1], storageCount: 16 }) })), /impossible|stride/],
    'is-an-optimizer.pt': [
      torch(pickledDictionary({ state: pickledDictionary({}), param_groups: pickledList(pickledDictionary({ lr: pickledInteger(1) })) })),
      /optimizer/,
    ],
    'is-of-nobody.pt': [torch(pickledDictionary({ 'conv1.weight': tensor() })), /conv1\.weight/],
    'holds-a-tuple.pt': [torch(pickledTuple(pickledInteger(1))), /.{20}/],
    'claims-a-terabyte.safetensors': [safetensorsBytes({ headerBytes: 10n ** 12n }), /claims a header of 1000000000000 bytes/],
    'overlaps.safetensors': [safetensorsBytes({ tensors: { a: f32(1, 2), b: { ...f32(3, 4), offsets: [4, 12] } } }), /shares bytes|overlap|end of the file/],
    'lies.safetensors': [safetensorsBytes({ tensors: { a: { ...f32(1), shape: [1_000_000] } } }), /bytes/],
  };
}
