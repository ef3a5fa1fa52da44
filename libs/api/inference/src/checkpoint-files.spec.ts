import { groupCheckpointFiles } from './checkpoint-files';
import type { FoundFile } from './scan-folder';

function found(name: string, sizeBytes = 10): FoundFile {
  return { name, path: `/blobs/${name.length}`, namedPath: `/root/${name}`, sizeBytes, modifiedMs: sizeBytes, identity: '1 1' };
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

  it.each(['model.pt', 'model.SafeTensors', 'pytorch_model.bin'])('says how to get a GGUF from %s', (name) => {
    expect(groupCheckpointFiles([found(name)])[0]?.problem).toContain('convert_hf_to_gguf.py');
  });

  it('takes a name that only looks split as it is', () => {
    expect(groupCheckpointFiles([found('x-00005-of-00002.gguf')])).toMatchObject([{ name: 'x-00005-of-00002.gguf', problem: null }]);
  });
});
