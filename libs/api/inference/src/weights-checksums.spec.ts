import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeAfterEach, noiseModel, until } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';
import { WeightsChecksums } from './weights-checksums';

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const closeLater = closeAfterEach();

function setup(files: Readonly<Record<string, Uint8Array>>) {
  const { path, remove } = temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  const inference = openInference(path);
  closeLater(async () => {
    await inference.close();
    remove();
  });
  return { checksums: new WeightsChecksums(inference.folder), inside: (name: string) => join(path, name) };
}

describe('the checksums of weights', () => {
  const model = noiseModel();

  it('are of the file, byte by byte', async () => {
    const { checksums } = setup({ 'a.gguf': model });
    expect(await checksums.of({ checkpoint: 'a.gguf' })).toEqual([{ file: 'a.gguf', bytes: model.length, sha256: sumOf(model) }]);
  });

  it('are of every part of a split checkpoint, in order', async () => {
    const parts = [Buffer.from('GGUF one'), Buffer.from('GGUF two')];
    const { checksums } = setup({ 'a-00001-of-00002.gguf': parts[0] as Buffer, 'a-00002-of-00002.gguf': parts[1] as Buffer });
    expect((await checksums.of({ checkpoint: 'a-00001-of-00002.gguf' })).map(({ sha256 }) => sha256)).toEqual(parts.map(sumOf));
  });

  it('are of the adapter too, where one is put over the weights', async () => {
    const adapter = Buffer.from('GGUF adapter');
    const { checksums } = setup({ 'a.gguf': model, 'b.gguf': adapter });
    expect(await checksums.of({ checkpoint: 'a.gguf', adapter: { file: 'b.gguf', scale: 0.5 } })).toMatchObject([
      { file: 'a.gguf', sha256: sumOf(model) },
      { file: 'b.gguf', sha256: sumOf(adapter) },
    ]);
  });

  it('are made once, and again when the file has changed', async () => {
    const { checksums, inside } = setup({ 'a.gguf': model });
    const [first] = await checksums.of({ checkpoint: 'a.gguf' });
    expect((await checksums.of({ checkpoint: 'a.gguf' }))[0]).toBe(first);
    appendFileSync(inside('a.gguf'), 'x');
    const changed = sumOf(Buffer.concat([model, Buffer.from('x')]));
    let told = first;
    // the folder may still tell what it saw before: then that is refused, never told of the new file
    await until(async () => {
      [told] = await checksums.of({ checkpoint: 'a.gguf' }).catch(() => [first]);
      return told !== first;
    });
    expect(told?.sha256).toBe(changed);
  });

  it('are refused for a checkpoint that is not there', async () => {
    const { checksums } = setup({});
    await expect(checksums.of({ checkpoint: 'a.gguf' })).rejects.toMatchObject({ code: 'model_not_found' });
  });
});
