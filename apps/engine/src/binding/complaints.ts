import { withoutPaths } from '@tandem/shared/engine-protocol';
import { LlamaLogLevel } from 'node-llama-cpp';

const MAX_CHARACTERS = 300;

/** Keeps the first error llama.cpp logged since the last question: its exceptions only say "Failed to load model". */
export class Complaints {
  private first = '';

  readonly log = (level: LlamaLogLevel, message: string): void => {
    if (level !== LlamaLogLevel.error && level !== LlamaLogLevel.fatal) return;
    if (this.first === '') this.first = message.trim().slice(0, MAX_CHARACTERS);
  };

  take(): string {
    const complaint = this.first;
    this.first = '';
    return withoutPaths(complaint.replace(/^\w+: (error loading model: )?/, ''));
  }
}
