import { createHash } from 'node:crypto';
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, type LoggerService } from '@nestjs/common';
import { closeAfterEach, noiseModel } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const WRONG = '0'.repeat(64);
const RIGHT = createHash('sha256').update(noiseModel()).digest('hex');

const closeLater = closeAfterEach();

function setup(files: Readonly<Record<string, string>>) {
  const { path, remove } = temporaryFolder();
  mkdirSync(join(path, 'sft'));
  for (const name of ['a.gguf', 'sft/b.gguf']) writeFileSync(join(path, name), noiseModel());
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  const errors: string[] = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, warn: ignore, error: (message: string) => void errors.push(message) } satisfies LoggerService);
  const inference = openInference(path);
  closeLater(async () => {
    Logger.overrideLogger(false);
    await inference.close();
    remove();
  });
  const loadable = async () => Object.fromEntries((await inference.inspectedList()).map(({ name, loadable }) => [name, loadable]));
  return { ...inference, errors, loadable, inside: (name: string) => join(path, name) };
}

describe('a checkpoint with a hash written beside it', () => {
  it.each([
    ['in SHA256SUMS', { SHA256SUMS: `${WRONG}  other.gguf\n${RIGHT}  a.gguf\n` }],
    ['in a file of its own', { 'a.gguf.sha256': `${RIGHT.toUpperCase()} *a.gguf\r\n` }],
    ['in a file of its own, without its name', { 'a.gguf.sha256': RIGHT }],
  ])('is taken when it is the right one, %s', async (_, files) => {
    const { loadable, runtime, errors } = setup(files);
    expect(await loadable()).toEqual({ 'a.gguf': true, 'sft/b.gguf': true });
    await runtime.load('a.gguf');
    expect(errors).toEqual([]);
  });

  it.each([
    ['in SHA256SUMS', { SHA256SUMS: `${WRONG}  a.gguf\n`, 'sft/SHA256SUMS': `${WRONG}  a.gguf\n` }],
    ['in a file of its own, whatever SHA256SUMS says', { SHA256SUMS: `${RIGHT}  a.gguf\n`, 'a.gguf.sha256': `${WRONG}  a.gguf\n` }],
  ])('is refused when it is the wrong one, %s, and that is logged', async (_, files) => {
    const { loadable, runtime, errors } = setup(files);
    expect(await loadable()).toEqual({ 'a.gguf': false, 'sft/b.gguf': true });
    await expect(runtime.load('a.gguf')).rejects.toMatchObject({
      code: 'model_invalid',
      status: 422,
      message: expect.stringMatching(new RegExp(`SHA-256 of a.gguf is ${RIGHT}, but ${WRONG}`)) as string,
    });
    expect(errors).toEqual([expect.stringMatching(/^SECURITY: "a.gguf" is refused/)]);
  });

  it('is refused when that says nothing', async () => {
    expect(await setup({ 'a.gguf.sha256': 'none' }).loadable()).toEqual({ 'a.gguf': false, 'sft/b.gguf': true });
  });

  it('is looked at again when the hash changes', async () => {
    const { loadable, inside } = setup({ SHA256SUMS: `${WRONG}  a.gguf\n` });
    expect(await loadable()).toMatchObject({ 'a.gguf': false });
    writeFileSync(inside('SHA256SUMS'), `${RIGHT}  a.gguf\n`);
    while (!(await loadable())['a.gguf']) await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(inside('SHA256SUMS'), `${WRONG}  a.gguf\n`);
    while ((await loadable())['a.gguf']) await new Promise((resolve) => setImmediate(resolve));
    unlinkSync(inside('SHA256SUMS'));
    while (!(await loadable())['a.gguf']) await new Promise((resolve) => setImmediate(resolve));
  });
});
