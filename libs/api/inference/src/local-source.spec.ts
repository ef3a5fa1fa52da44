import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completionRequest, describeCompletionSource } from '@tandem/api/completion/testing';
import { ggufBytes, slowLlama } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const SLOW = 'slow.gguf';

describeCompletionSource('a local checkpoint', async () => {
  const { path, remove } = temporaryFolder();
  writeFileSync(join(path, SLOW), ggufBytes(slowLlama()));
  const { runtime, close } = openInference(path);
  return {
    source: runtime.sourceFor(SLOW),
    short: { request: completionRequest('Say something.', { temperature: 0, max_tokens: 20 }) },
    long: completionRequest('Say a lot.', { temperature: 0, max_tokens: 3_500 }),
    // A generation counts as active until the engine said that it let go of it.
    async untilStopped() {
      while (runtime.status(SLOW).activeGenerations > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async close() {
      await close();
      remove();
    },
  };
});
