import { promptTooLong } from '@tandem/api/faults';
import { type ChatTurn, spokenOf } from '@tandem/shared/contracts';
import type { OfferedTools } from '@tandem/shared/engine-protocol';
import type { LocalModel } from './local-model';
import type { SeatFiles } from './seat-files';
import type { Vetting } from './vetting';

/** More than any chat template puts around a conversation, and around each message of it, in tokens. */
const TEMPLATE_TOKENS = 512;
const MESSAGE_TOKENS = 32;
/** The shortest context that the engine plans while there is memory, for a model that is not loaded. */
const LEAST_CONTEXT_LENGTH = 2_048;

interface CheckOptions {
  readonly isRaw?: boolean | undefined;
  readonly tools?: OfferedTools | undefined;
}

/**
 * Refuses a prompt that is longer than the context, before any work. A token is at least one byte of text: what fits
 * counted in bytes is not measured.
 */
export class PromptCheck {
  constructor(
    private readonly model: LocalModel,
    private readonly vetting: Vetting,
  ) {}

  /** What has tools is measured in any case: not every model can be given them. @throws Fault `context_length_exceeded`, `invalid_request` */
  async check(messages: readonly ChatTurn[], files: SeatFiles, { isRaw = false, tools }: CheckOptions = {}): Promise<void> {
    const known = this.model.contextLengthOf(files) ?? Math.min(files.facts.contextLength ?? LEAST_CONTEXT_LENGTH, LEAST_CONTEXT_LENGTH);
    if (tools === undefined && mostTokens(messages) < known) return;
    // How many tokens it is shows when there is a model to count them with.
    if (files.conversion !== undefined) return;
    const measured = this.model.blaming(files, () =>
      this.vetting.read(files, {
        type: 'measure',
        model: this.model.name,
        paths: files.paths,
        messages,
        ...(isRaw ? { isRaw } : {}),
        ...(tools ? { tools } : {}),
      }),
    );
    const { promptTokens, contextLength } = await measured;
    if (promptTokens < contextLength) return;
    throw promptTooLong(promptTokens, contextLength);
  }
}

function mostTokens(messages: readonly ChatTurn[]): number {
  return messages.reduce((sum, message) => sum + Buffer.byteLength(spokenOf(message)) + MESSAGE_TOKENS, TEMPLATE_TOKENS);
}
