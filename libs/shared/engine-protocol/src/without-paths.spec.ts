import { withoutPaths } from './without-paths';

describe('withoutPaths', () => {
  it.each([
    ["Cannot find module '/srv/app/dist/main.js'", "Cannot find module 'main.js'"],
    ['imported from file:///srv/app/worker.js', 'imported from worker.js'],
    ['/build/ggml/src/ggml.c:12: GGML_ASSERT(a / b > 0) failed', 'ggml.c:12: GGML_ASSERT(a / b > 0) failed'],
    ['key not found in model: llama.embedding_length', 'key not found in model: llama.embedding_length'],
  ])('%s', (message, cleaned) => expect(withoutPaths(message)).toBe(cleaned));
});
