import { parentPort } from 'node:worker_threads';
import { inspectCheckpoint } from '@tandem/import/families';
import { RefusedCheckpoint } from '@tandem/import/formats';
import type { ConvertedType, ConvertibleFacts } from '@tandem/shared/converter-protocol';
import type { EngineFault } from '@tandem/shared/engine-protocol';
import { estimateMemory } from './gguf/read-checkpoint-header';

export interface RecogniserRequest {
  readonly path: string;
  readonly root: string;
  readonly convertedType: ConvertedType;
  readonly kvBudgetBytes: number;
}

export interface Recognised {
  readonly checkpoint: ConvertibleFacts;
  /** Of what it would become. */
  readonly memoryEstimateBytes: number;
}

export type RecogniserReply = Recognised | { readonly fault: EngineFault };

function recognise({ path, root, convertedType, kvBudgetBytes }: RecogniserRequest): RecogniserReply {
  try {
    const checkpoint = inspectCheckpoint(path, root, convertedType);
    const { architecture, hyperparameters, tokens, convertedBytes: weightBytes } = checkpoint;
    const metadata = new Map<string, number | string>([...Object.entries(hyperparameters), ['general.architecture', architecture]]);
    return { checkpoint, memoryEstimateBytes: estimateMemory(metadata, { weightBytes, tokens, kvBudgetBytes }) };
  } catch (thrown) {
    return { fault: { code: 'model_invalid', message: sentenceOf(thrown), retryable: false } };
  }
}

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof RefusedCheckpoint) return thrown.message;
  const code = (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).name;
  return code === 'ENOENT' ? 'This checkpoint is not there any more.' : `This checkpoint cannot be read (${code}).`;
}

parentPort?.on('message', (request: RecogniserRequest) => parentPort?.postMessage(recognise(request)));
parentPort?.postMessage('ready');
