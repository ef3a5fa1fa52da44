import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import {
  pickledCall,
  pickledDictionary,
  pickledInteger,
  pickledName,
  pickledObject,
  pickledStorage,
  pickledTensor,
  type PickledTensor,
  pickledText,
  type TorchFileBytes,
  torchFileBytes,
  zipBytes,
  type ZipEntryBytes,
} from '@tandem/testing';
import { type CheckpointFile } from '../checkpoint-file';
import { isSourceTensor } from '../tensor/stored-tensor';
import { checkpointFolder, floatBytes, refused } from '../testing/checkpoint-folder';
import { openTorchFile } from './open-torch-file';

const SIX = floatBytes(0, 1, 2, 3, 4, 5);
const MATRIX: PickledTensor = { key: '0', shape: [2, 3] };
const write = checkpointFolder();
let opened: CheckpointFile | null = null;
afterEach(() => opened?.close());

function open(file: Partial<TorchFileBytes>): CheckpointFile {
  const bytes = torchFileBytes({ value: pickledDictionary({ weight: pickledTensor(MATRIX) }), storages: { 0: SIX }, ...file });
  opened = openTorchFile(write('best.pt', bytes));
  return opened;
}

function openTensor(tensor: Partial<PickledTensor>, storage = SIX): CheckpointFile {
  return open({ value: pickledDictionary({ weight: pickledTensor({ ...MATRIX, storageCount: 6, ...tensor }) }), storages: { 0: storage } });
}

function valuesOf(file: CheckpointFile, name = 'weight'): number[] {
  const tensor = file.tensors.get(name)!;
  return [
    ...tensor.readF32(
      0,
      tensor.shape.reduce((product, size) => product * size, 1),
    ),
  ];
}

describe('a file of torch.save', () => {
  it('gives its tensors by the path of the dictionaries around them, and the rest as data', () => {
    const bias = pickledTensor({ key: '0', shape: [2], offset: 3, storageCount: 6 });
    const state = pickledDictionary({ 'layers.0.weight': pickledTensor(MATRIX), 'layers.0.bias': bias });
    const config = pickledObject(pickledName('config', 'RLConfig'), {});
    const file = open({ value: pickledDictionary({ model_state_dict: state, global_step: pickledInteger(7), config }) });
    expect([...file.tensors.keys()]).toEqual(['model_state_dict.layers.0.weight', 'model_state_dict.layers.0.bias']);
    expect(file.tensors.get('model_state_dict.layers.0.weight')).toMatchObject({ shape: [2, 3], type: 'f32' });
    expect(valuesOf(file, 'model_state_dict.layers.0.bias')).toEqual([3, 4]);
    const value = file.value as ReadonlyMap<string, unknown>;
    expect(value.get('global_step')).toBe(7);
    expect(isSourceTensor((value.get('model_state_dict') as ReadonlyMap<string, never>).get('layers.0.weight'))).toBe(true);
  });

  it('gives what lies in objects and lists as well', () => {
    const tensor = pickledTensor(MATRIX);
    const file = open({ value: pickledDictionary({ net: pickledObject(pickledName('model', 'GPT'), { _parameters: pickledDictionary({ w: tensor }) }) }) });
    expect([...file.tensors.keys()]).toEqual(['net._parameters.w']);
  });

  it('takes parameters, older and newer tensors', () => {
    const tensor = pickledTensor(MATRIX);
    const typed = pickledCall(
      pickledName('torch._utils', '_rebuild_tensor_v3'),
      Buffer.concat([pickledStorage({ ...MATRIX, storage: 'UntypedStorage', storageCount: 24 })]),
      pickledInteger(0),
      ...[[6], [1]].map(([size = 0]) => Buffer.concat([pickledInteger(size), Buffer.of(0x85)])),
      Buffer.of(0x89),
      pickledDictionary({}),
      pickledName('torch', 'uint32'),
    );
    const value = pickledDictionary({
      parameter: pickledCall(pickledName('torch._utils', '_rebuild_parameter'), tensor, Buffer.of(0x88), pickledDictionary({})),
      old: pickledTensor({ ...MATRIX, rebuild: '_rebuild_tensor' }),
      typed,
    });
    const file = open({ value });
    expect(valuesOf(file, 'parameter')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(valuesOf(file, 'old')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(file.tensors.get('typed')).toMatchObject({ type: 'u32', shape: [6] });
  });

  it('is read with 64-bit sizes, a comment behind it, and any folder inside', () => {
    expect(valuesOf(open({ isLong: true }))).toEqual([0, 1, 2, 3, 4, 5]);
    opened?.close();
    expect(valuesOf(open({ comment: 'PK\x05\x06 by a tool', folder: 'my best' }))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is read whatever it is called, and cannot be read once it is closed', () => {
    const file = openTorchFile(
      write('pytorch_model.bin', torchFileBytes({ value: pickledDictionary({ weight: pickledTensor(MATRIX) }), storages: { 0: SIX } })),
    );
    file.close();
    file.close();
    expect(() => valuesOf(file)).toThrow('closed');
  });
});

describe('a file of torch.save that is something else', () => {
  it.each([
    ['empty', Buffer.alloc(0), 'unknown-format', /not a file of torch\.save/],
    ['some text', Buffer.from('weights'), 'unknown-format', /not a file of torch\.save/],
    ['written before PyTorch 1.6', Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'), 'legacy', /before version 1\.6/],
    ['an empty archive', zipBytes({ entries: [] }), 'unknown-format', /without the "data\.pkl"/],
    ['an archive of text', zipBytes({ entries: [{ name: 'a/b.txt', data: SIX }] }), 'unknown-format', /without the "data\.pkl"/],
    ['two checkpoints', zipBytes({ entries: ['a', 'b'].map((name) => ({ name: `${name}/data.pkl`, data: SIX })) }), 'damaged', /2 checkpoints/],
  ])('is refused: %s', (_, bytes, kind, message) => {
    expect(() => openTorchFile(write('best.pt', bytes))).toThrow(refused(kind, message));
  });

  it('is refused: a TorchScript program, also where it is compressed', () => {
    const others = [{ name: 'archive/constants.pkl', data: SIX, method: 8 }];
    expect(() => open({ others })).toThrow(refused('torchscript', /TorchScript/));
  });

  it.each(['big', 'little\0', 'l'.repeat(1_000)])('is refused: one of another byte order (%j)', (byteOrder) => {
    expect(() => open({ byteOrder })).toThrow(refused('big-endian', /byte order/));
  });

  it('is refused: a folder, a pipe, or what is not there', () => {
    const path = write('best.pt', '');
    const pipe = join(dirname(path), 'pipe.pt');
    execFileSync('mkfifo', [pipe]);
    for (const other of [dirname(path), pipe, join(dirname(path), 'none.pt')]) expect(() => openTorchFile(other)).toThrow(refused('unreadable', /./));
  });
});

describe('an archive that contradicts itself', () => {
  const storage = (change: Partial<ZipEntryBytes>): Partial<TorchFileBytes> => ({
    change: (entry) => (entry.name.endsWith('data/0') ? { ...entry, ...change } : entry),
  });

  it.each<readonly [string, Partial<TorchFileBytes>, string, RegExp]>([
    ['two entries of one name', { others: [{ name: 'archive/data/0', data: SIX }] }, 'damaged', /twice/],
    ['a compressed entry', storage({ method: 8 }), 'compressed', /compressed/],
    ['an entry that only its own header calls compressed', storage({ localMethod: 8 }), 'damaged', /disagree/],
    ['an encrypted entry', storage({ flags: 1 }), 'damaged', /encrypted/],
    ['another name in front of the data', storage({ localName: 'archive/data/1' }), 'damaged', /disagree/],
    ['a longer name in front of the data', storage({ localName: 'archive/data/0'.padEnd(300, 'x') }), 'damaged', /disagree/],
    ['another size in front of the data', storage({ localSizeBytes: 20, flags: 0 }), 'damaged', /disagree/],
    ['a size that reaches into the next entry', storage({ sizeBytes: 4_000 }), 'damaged', /reaches into/],
    ['an entry that lies in another', storage({ headerAt: 4 }), 'damaged', /reaches into/],
    ['an entry past the end', storage({ headerAt: 1_000_000 }), 'damaged', /reaches into/],
    ['fewer entries than it says', { entryCount: 9 }, 'damaged', /breaks off/],
    ['more entries than it says', { entryCount: 2 }, 'damaged', /more than it says/],
    ['a directory past the end', { directoryStart: 1_000_000 }, 'damaged', /past its end/],
    ['a directory elsewhere', { directoryStart: 0 }, 'damaged', /breaks off/],
    ['two different counts', { isLong: true, longEntryCount: 300_000 }, 'too-large', /300000 entries/],
  ])('is refused: %s', (_, file, kind, message) => {
    expect(() => open(file)).toThrow(refused(kind, message));
  });

  it('is refused wherever it is cut short', () => {
    const whole = torchFileBytes({ value: pickledDictionary({ weight: pickledTensor(MATRIX) }), storages: { 0: SIX } });
    for (let length = 2; length < whole.length; length += 7) {
      expect(() => openTorchFile(write('best.pt', whole.subarray(0, length)))).toThrow(refused('truncated', /cut short/));
    }
  });
});

describe('a tensor that lies where it cannot', () => {
  it.each<readonly [string, Partial<PickledTensor>, RegExp]>([
    ['more rows than its storage has', { shape: [3, 3] }, /reaches to byte 36 of 24/],
    ['an offset past the end', { offset: 1 }, /reaches to byte 28 of 24/],
    ['strides past the end', { strides: [6, 1] }, /reaches to byte 36/],
    ['a stride beyond 64 bits', { strides: [2n ** 62n, 1] }, /impossible/],
    ['strides whose sum is beyond 53 bits', { strides: [2 ** 53 - 1, 2 ** 53 - 1] }, /reaches/],
    ['a negative stride', { strides: [-3, 1] }, /impossible/],
    ['a negative offset', { offset: -1 }, /impossible/],
    ['a negative size', { shape: [-2, 3] }, /impossible/],
    ['a size of 2^50 over one element', { shape: [2 ** 50], strides: [0] }, /more than the file could hold/],
    ['sizes whose product is beyond 53 bits', { shape: [2 ** 40, 2 ** 40], strides: [0, 0] }, /more than the file could hold/],
    ['fewer strides than sizes', { strides: [1] }, /does not fit/],
    ['a storage that is not there', { key: '7' }, /"7" that it refers to is not in the file/],
    ['a storage by a path', { key: '../version' }, /not in the file/],
    ['a storage that should be longer', { storageCount: 7 }, /24 bytes long and should be 28/],
  ])('is refused: %s', (_, tensor, message) => {
    expect(() => openTensor(tensor)).toThrow(refused('damaged', message));
  });

  it.each([
    ['_rebuild_qtensor', 'FloatStorage'],
    ['_rebuild_sparse_tensor', 'FloatStorage'],
    ['_rebuild_tensor_v2', 'QInt8Storage'],
    ['_rebuild_tensor_v2', 'constructor'],
  ])('is refused where it is of a kind that cannot be converted (%s, %s)', (rebuild, storage) => {
    expect(() => openTensor({ rebuild, storage })).toThrow(refused('unsupported-tensor', /cannot be converted/));
  });

  it('is refused where two have one name', () => {
    const tensor = pickledTensor(MATRIX);
    expect(() => open({ value: pickledDictionary({ 'a.b': tensor, a: pickledDictionary({ b: tensor }) }) })).toThrow(refused('damaged', /both called "a\.b"/));
  });

  it('is refused with a call in its place, and nothing is run', () => {
    expect(() => open({ value: pickledDictionary({ weight: pickledCall(pickledName('builtins', 'eval'), pickledText('1')) }) })).toThrow(
      refused('runs-code', /builtins\.eval/),
    );
  });
});
