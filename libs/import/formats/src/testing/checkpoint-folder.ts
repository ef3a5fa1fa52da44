import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test's files, gone after it. */
export function checkpointFolder(): (name: string, bytes: Uint8Array | string) => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'formats-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
}

/** The refusal that something ends with. */
export function refused(kind: string, message: RegExp): Error {
  return expect.objectContaining({ name: 'RefusedCheckpoint', kind, message: expect.stringMatching(message) });
}

export function floatBytes(...values: readonly number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}
