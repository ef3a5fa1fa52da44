import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { containedCheckpoints, fatalCheckpoints, neighbourCheckpoints, noiseModel, refusedCheckpoints } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const REFUSED = { ...refusedCheckpoints(), ...neighbourCheckpoints() };

describe('a malformed checkpoint, or one of another kind', () => {
  const { path, remove } = temporaryFolder();
  const { folder, inspectedList, runtime, close } = openInference(path);

  beforeAll(() => {
    for (const [name, [bytes]] of Object.entries({ ...REFUSED, ...containedCheckpoints(), ...fatalCheckpoints() }))
      writeFileSync(join(path, `${name}.gguf`), bytes);
    writeFileSync(join(path, 'sound.gguf'), noiseModel());
    execFileSync('mkfifo', [join(path, 'pipe.gguf')]);
  });

  afterAll(async () => {
    await close();
    remove();
  });

  it('is listed with what is wrong with it, beside the sound ones', async () => {
    const checkpoints = Object.fromEntries((await inspectedList()).map((checkpoint) => [checkpoint.name, checkpoint]));
    for (const [name, [, reason]] of Object.entries(REFUSED)) {
      expect(checkpoints[`${name}.gguf`]).toMatchObject({ loadable: false, reason: expect.stringMatching(reason) as string });
    }
    expect(checkpoints['sound.gguf']).toMatchObject({
      loadable: true,
      reason: null,
      architecture: 'llama',
      quantization: 'F32',
      context_length: 4096,
      chat_template: false,
    });
    expect(Object.keys(checkpoints)).not.toContain('pipe.gguf');
  });

  it.each(Object.keys(REFUSED).filter((name) => /^(?:no-|t5|bert|repeated|a )/.test(name)))('is refused before llama.cpp sees it: %s', async (name) => {
    await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject({ code: 'model_invalid', status: 422 });
  });

  it.each(Object.entries({ ...containedCheckpoints(), ...fatalCheckpoints() }))(
    '%s fails alone, with its cause, and says so in the list',
    async (name, [, reason]) => {
      await expect(runtime.load(`${name}.gguf`)).rejects.toMatchObject({
        code: 'model_invalid',
        status: 422,
        message: expect.stringMatching(reason) as string,
      });
      expect(runtime.status(`${name}.gguf`)).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) as string });
      const listed = (await folder.list()).find((checkpoint) => checkpoint.name === `${name}.gguf`);
      expect(listed).toMatchObject({ status: 'failed', loadable: false, reason: expect.stringMatching(reason) as string });
    },
  );

  it('keeps no sound one from answering', async () => {
    const sink = collect();
    const request = completionRequest('Hi', { max_tokens: 5, temperature: 0 });
    await expect(runtime.sourceFor('sound.gguf').complete(request, sink, new AbortController().signal)).resolves.toMatchObject({
      finishReason: 'length',
      usage: { completion_tokens: 5 },
    });
  });
});
