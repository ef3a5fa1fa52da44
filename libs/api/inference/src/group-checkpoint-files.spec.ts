import { groupCheckpointFiles } from './group-checkpoint-files';
import type { FoundFile } from './scan-folder';

function found(name: string, sizeBytes = 10, isBesideConfig = false): FoundFile {
  return { name, path: `/blobs/${name.length}`, ownPath: `/root/${name}`, sizeBytes, modifiedMs: sizeBytes, identity: '1 1', isBesideConfig };
}

describe('groupCheckpointFiles', () => {
  it('makes one checkpoint of a split GGUF, its parts in order and by their own names', () => {
    const files = [found('big-00002-of-00002.gguf', 5), found('big-00001-of-00002.gguf', 7), found('a.gguf')];
    expect(groupCheckpointFiles(files)).toMatchObject([
      { name: 'a.gguf', paths: ['/blobs/6'], problem: null },
      {
        name: 'big-00001-of-00002.gguf',
        paths: ['/root/big-00001-of-00002.gguf', '/root/big-00002-of-00002.gguf'],
        sizeBytes: 12,
        modifiedMs: 7,
        problem: null,
      },
    ]);
  });

  it('names the parts that are missing', () => {
    expect(groupCheckpointFiles([found('sft/big-00002-of-00003.gguf')])).toMatchObject([
      { name: 'sft/big-00001-of-00003.gguf', problem: 'Part 1, 3 of 3 is missing. Put it next to the others.' },
    ]);
  });

  it.each([
    ['sft/best.pt', 'pytorch'],
    ['model.SafeTensors', 'safetensors'],
    ['pytorch_model.bin', 'pytorch'],
  ])('takes %s as %s, under its own name where it is a link', (name, format) => {
    expect(groupCheckpointFiles([found(name)])).toMatchObject([{ name, format, source: `/root/${name}`, paths: [`/root/${name}`], problem: null }]);
  });

  it('makes one checkpoint of a Hugging Face folder, of its weights alone', () => {
    const files = [
      'tiny/model-00001-of-00002.safetensors',
      'tiny/model-00002-of-00002.safetensors',
      'tiny/optimizer.pt',
      'tiny/rng_state_0.pth',
      'tiny/training_args.bin',
      'tiny/pytorch_model.bin',
    ];
    expect(groupCheckpointFiles([...files, 'tiny/mine.pt', 'tiny/small.gguf'].map((name) => found(name, 10, true)))).toMatchObject([
      { name: 'tiny', format: 'safetensors', source: '/root/tiny', paths: files.slice(0, 2).map((name) => `/root/${name}`), sizeBytes: 20 },
      { name: 'tiny/mine.pt', format: 'pytorch' },
      { name: 'tiny/small.gguf', format: 'gguf' },
    ]);
  });

  it('takes the older weights of such a folder where there are no others', () => {
    expect(groupCheckpointFiles([found('sft/old/pytorch_model.bin', 10, true)])).toMatchObject([{ name: 'sft/old', format: 'pytorch' }]);
  });

  it('takes files for what they are where no Hugging Face configuration stands beside them, or they stand in the folder of all', () => {
    expect(groupCheckpointFiles([found('loose/model.safetensors'), found('model.safetensors', 10, true)])).toMatchObject([
      { name: 'loose/model.safetensors' },
      { name: 'model.safetensors' },
    ]);
  });

  it('takes a name that only looks split as it is', () => {
    expect(groupCheckpointFiles([found('x-00005-of-00002.gguf')])).toMatchObject([{ name: 'x-00005-of-00002.gguf', problem: null }]);
  });
});
