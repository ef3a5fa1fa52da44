import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { noiseModel } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const CYCLES = 100;
/** What is only made once has been made by then, and the garbage collector has found its rhythm. */
const WARM_CYCLES = 20;
/** It comes and goes by tens of megabytes between two collections: what counts is where it settles. */
const SPAN = 20;

function residentMb(pid: number | undefined): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

describe('a hundred loads and unloads', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, host, close } = openInference(path);

  afterAll(async () => {
    await close();
    remove();
  });

  it('leave the engine with the memory it had after the first few', async () => {
    writeFileSync(join(path, 'noise.gguf'), noiseModel());
    const resident: number[] = [];
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      await runtime.load('noise.gguf');
      await runtime.sourceFor('noise.gguf').complete(completionRequest('Go', { max_tokens: 5 }), collect(), new AbortController().signal);
      await runtime.unload('noise.gguf');
      resident.push(residentMb(host.pid));
    }
    expect(median(resident.slice(-SPAN))).toBeLessThan(1.1 * median(resident.slice(WARM_CYCLES, WARM_CYCLES + SPAN)));
  }, 300_000);
});
