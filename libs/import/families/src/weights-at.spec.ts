import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CheckpointCopies } from './testing/checkpoint-copies';
import { weightsAt } from './weights-at';

const copies = new CheckpointCopies();

function chosen(...names: readonly string[]): string {
  for (const name of names) copies.write(`run/${name}`, '');
  return basename(weightsAt(join(copies.root, 'run')));
}

describe('the weights of a folder', () => {
  it.each([
    ['the index before the parts that it names', ['model-00001-of-00002.safetensors', 'model.safetensors.index.json'], 'model.safetensors.index.json'],
    ['safetensors before a pickle of the same', ['pytorch_model.bin', 'model.safetensors'], 'model.safetensors'],
    ['a pickle’s index before one pickle', ['pytorch_model.bin', 'pytorch_model.bin.index.json'], 'pytorch_model.bin.index.json'],
    ['LitGPT’s', ['lit_model.pth', 'other.pth'], 'lit_model.pth'],
    ['Meta’s', ['consolidated.00.pth', 'params.json'], 'consolidated.00.pth'],
    ['the only file that could be some, whatever it is called', ['epoch-7.ckpt', 'config.json', 'notes.txt'], 'epoch-7.ckpt'],
  ])('are %s', (_title, names, expected) => {
    expect(chosen(...names)).toBe(expected);
  });

  it('are the file itself where a file is named', () => {
    const path = copies.write('sft/best.pt', '');
    expect(weightsAt(path)).toBe(path);
  });

  it('are no folder that is called like some', () => {
    mkdirSync(join(copies.root, 'run/old.pt'), { recursive: true });
    expect(chosen('best.pt')).toBe('best.pt');
  });

  it('are not guessed between several', () => {
    expect(() => chosen('a.pt', 'b.pt', 'c.pt')).toThrow(
      'There are several files of weights in this folder (3) and no index that says how they belong together.',
    );
  });

  it('are missed in a folder of documents', () => {
    expect(() => chosen('config.json')).toThrow('There are no weights in this folder.');
  });
});
