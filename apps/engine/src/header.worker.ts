import { realpathSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { CheckpointPaths, EngineFault } from '@tandem/shared/engine-protocol';
import type { CheckpointHeader } from './gguf/checkpoint-header';
import { OtherPurpose } from './gguf/check-purpose';
import { MalformedHeader } from './gguf/malformed-header';
import { checksumOf } from './gguf/checksum';
import { readCheckpointHeader } from './gguf/read-checkpoint-header';

export interface HeaderRequest {
  readonly paths: CheckpointPaths;
  readonly kvBudgetBytes: number;
}

/** `checksums`: the SHA-256 that each file should have, where one is written beside it. */
export type HeaderReply = { readonly header: CheckpointHeader; readonly checksums: readonly (string | null)[] } | { readonly fault: EngineFault };

function inspect({ paths, kvBudgetBytes }: HeaderRequest): HeaderReply {
  try {
    // Opening a FIFO would wait for its other end for ever.
    if (!paths.every((path) => statSync(path).isFile())) throw new MalformedHeader('it is no regular file');
    const checksums = paths.map((path) => checksumOf(path) ?? checksumOf(realpathSync(path)));
    return { header: readCheckpointHeader(paths, kvBudgetBytes), checksums };
  } catch (thrown) {
    return { fault: faultOf(thrown) };
  }
}

function faultOf(thrown: unknown): EngineFault {
  if (thrown instanceof OtherPurpose) return { code: 'model_invalid', message: thrown.message, retryable: false };
  if (thrown instanceof MalformedHeader) {
    return { code: 'model_invalid', message: `This is not a usable GGUF file: ${thrown.message}.`, retryable: false };
  }
  const code = (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).name;
  const reason = code === 'EACCES' ? 'Tandem is not allowed to read it' : code === 'ENOENT' ? 'it is not there any more' : `reading failed (${code})`;
  return { code: 'model_invalid', message: `This file cannot be read: ${reason}.`, retryable: false };
}

parentPort?.on('message', (request: HeaderRequest) => parentPort?.postMessage(inspect(request)));
parentPort?.postMessage('ready');
