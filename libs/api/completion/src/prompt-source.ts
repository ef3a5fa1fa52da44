import type { ChatTurn, ParameterName, PromptMethod } from '@tandem/shared/contracts';
import type { CompletionRequest } from './completion-source';

/** What a model reads of a conversation, and what of a request reaches it, where nothing of earlier prompts is to be used. */
export interface AskedPrompt {
  readonly method: PromptMethod;
  /** Control tokens as they are written; null where that is not told. */
  readonly prompt: string | null;
  readonly tokens: readonly number[] | null;
  /** Sampling parameters that are not sent. */
  readonly unsent: readonly ParameterName[];
  /** Whether state of earlier prompts is used all the same; null where nobody knows. */
  readonly reusesCache: boolean | null;
  /** Whether a prompt that is too long is cut in silence; null where nobody knows. */
  readonly truncates: boolean | null;
}

/** Something that tells what a model is asked: beside a `CompletionSource`, of the same model. */
export interface PromptSource {
  /** Answers nothing and loads no weights. @throws Fault where the model cannot be asked */
  ask(asked: { readonly messages: readonly ChatTurn[] } & Pick<CompletionRequest, 'parameters' | 'unsent'>, signal: AbortSignal): Promise<AskedPrompt>;
}
