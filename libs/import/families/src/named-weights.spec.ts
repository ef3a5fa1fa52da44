import { type CheckpointFile, openCheckpoint, type SourceTensor } from '@tandem/import/formats';
import { type Pickled, pickledDictionary, pickledInteger, pickledList, pickledName, pickledObject, pickledTensor, torchFileBytes } from '@tandem/testing';
import { namedWeights, withoutCommonPrefix } from './named-weights';
import { CheckpointCopies } from './testing/checkpoint-copies';

const copies = new CheckpointCopies();
const opened: CheckpointFile[] = [];
afterEach(() => opened.splice(0).forEach((file) => file.close()));

const TENSOR = pickledTensor({ key: '0', shape: [2] });
const WEIGHTS = pickledDictionary({ 'fc.weight': TENSOR, 'fc.bias': TENSOR });

function named(value: Pickled) {
  const file = openCheckpoint(copies.write('best.pt', torchFileBytes({ value, storages: { 0: Buffer.alloc(8) } })));
  opened.push(file);
  return namedWeights(file);
}

describe('the weights of a file of PyTorch', () => {
  it.each(['model_state_dict', 'model', 'state_dict', 'module', 'model_state', 'net', 'policy_state_dict', 'actor_state_dict'])(
    'are found under %s, and what is kept beside them is told apart',
    (holder) => {
      const { tensors, extras } = named(pickledDictionary({ global_step: pickledInteger(7), [holder]: WEIGHTS }));
      expect([...tensors.keys()]).toEqual(['fc.weight', 'fc.bias']);
      expect(extras.get('global_step')).toBe(7);
    },
  );

  it('may be the file itself, which has nothing beside them then', () => {
    const { tensors, extras } = named(WEIGHTS);
    expect([...tensors.keys()]).toEqual(['fc.weight', 'fc.bias']);
    expect(extras.size).toBe(0);
  });

  it('are not taken from the optimizer, whose moments look like them', () => {
    const moments = pickledDictionary({ exp_avg: TENSOR });
    const { tensors } = named(pickledDictionary({ optimizer_state_dict: moments, model_state_dict: WEIGHTS }));
    expect([...tensors.keys()]).toEqual(['fc.weight', 'fc.bias']);
  });

  it('are looked for further where a holder holds none', () => {
    const { tensors } = named(pickledDictionary({ model: pickledDictionary({ name: pickledInteger(1) }), state_dict: WEIGHTS }));
    expect(tensors.size).toBe(2);
  });

  it('lie beside an object of a configuration’s class, which stays what it says and is never made', () => {
    const config = pickledObject(pickledName('config', 'RLConfig'), { group_size: pickledInteger(4) });
    const { extras } = named(pickledDictionary({ model_state_dict: WEIGHTS, config }));
    expect(extras.get('config')).toMatchObject({ className: 'config.RLConfig', state: new Map([['group_size', 4]]) });
  });

  it.each(['optimizer', 'optimizer_state_dict', 'param_groups'])('are missed where the file holds %s alone, with what to do', (name) => {
    expect(() => named(pickledDictionary({ [name]: pickledList(pickledInteger(1)) }))).toThrow(
      'The file holds the state of an optimizer and no weights: pick the checkpoint that was saved with it.',
    );
  });

  it('are missed where nothing is named', () => {
    expect(() => named(pickledDictionary({ epoch: pickledInteger(3) }))).toThrow('The file holds no weights by name: it is no checkpoint of a model.');
  });
});

describe('a first part of all names', () => {
  const tensors = (...names: readonly string[]): ReadonlyMap<string, SourceTensor> => new Map(names.map((name) => [name, { name } as SourceTensor]));
  const left = (...names: readonly string[]): string[] => [...withoutCommonPrefix(tensors(...names)).keys()];

  it('goes, once', () => {
    expect(left('net.net.a', 'net.net.b')).toEqual(['net.a', 'net.b']);
  });

  it('stays where one name lacks it, and where names have no parts', () => {
    expect(left('net.a', 'head.b')).toEqual(['net.a', 'head.b']);
    expect(left('a', 'b')).toEqual(['a', 'b']);
    expect(left()).toEqual([]);
  });
});
