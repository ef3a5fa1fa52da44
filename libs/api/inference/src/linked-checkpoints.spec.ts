import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { closeAfterEach, randomLlama, splitGguf } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const closeLater = closeAfterEach();
const SNAPSHOT = 'models--someone--noise/snapshots/0a1b2c';
const FIRST = `${SNAPSHOT}/noise-00001-of-00003.gguf`;

/** A folder as Hugging Face's own cache: files by their hash, and links to them by their name. */
function setup() {
  const { path, remove } = temporaryFolder();
  const blobs = join(path, 'models--someone--noise/blobs');
  mkdirSync(blobs, { recursive: true });
  mkdirSync(join(path, SNAPSHOT), { recursive: true });
  for (const [name, bytes] of splitGguf(randomLlama(), 'noise', 3)) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(blobs, hash), bytes);
    symlinkSync(`../../blobs/${hash}`, join(path, SNAPSHOT, name));
  }
  const inference = openInference(path);
  closeLater(async () => {
    await inference.close();
    remove();
  });
  return { ...inference, path, inside: (name: string) => join(path, SNAPSHOT, name) };
}

describe('a split checkpoint whose parts are links into a cache', () => {
  it('is one checkpoint by the name of its links, loads, and answers', async () => {
    const { inspectedList, runtime } = setup();
    expect(await inspectedList()).toMatchObject([{ name: FIRST, loadable: true, architecture: 'llama' }]);
    await runtime.load(FIRST);
    const end = await runtime.sourceFor(FIRST).complete(completionRequest('Go', { max_tokens: 5, temperature: 0 }), collect(), new AbortController().signal);
    expect(end).toMatchObject({ usage: { completion_tokens: 5 } });
  });

  it('lacks a part where a link leads out of the folder, or nowhere', async () => {
    const { inspectedList, path, inside } = setup();
    const outside = temporaryFolder();
    writeFileSync(join(outside.path, 'part'), [...splitGguf(randomLlama(), 'noise', 3).values()][1]!);
    rmSync(inside('noise-00002-of-00003.gguf'));
    symlinkSync(join(outside.path, 'part'), inside('noise-00002-of-00003.gguf'));
    rmSync(
      join(
        path,
        'models--someone--noise/blobs',
        createHash('sha256')
          .update([...splitGguf(randomLlama(), 'noise', 3).values()][2]!)
          .digest('hex'),
      ),
    );
    expect(await inspectedList()).toMatchObject([{ name: FIRST, loadable: false, reason: 'Part 2, 3 of 3 is missing. Put it next to the others.' }]);
    outside.remove();
  });

  it.each(['the link', 'what it leads to'])('is refused where the hash beside %s is another', async (place) => {
    const { inspectedList, inside } = setup();
    const target = inside('noise-00002-of-00003.gguf');
    writeFileSync(`${place === 'the link' ? target : realpathSync(target)}.sha256`, `${'0'.repeat(64)}\n`);
    expect(await inspectedList()).toMatchObject([{ name: FIRST, loadable: false, reason: expect.stringContaining('SHA-256') as string }]);
  });
});
