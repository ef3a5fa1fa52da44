import type { Conversation, RenderedPrompt, TemplateSetup } from './template/chat-template';

/** `refusal`: why a template does not write a conversation. `isOfTools`: it would write it without them. */
export type TemplateReply = { readonly prompt: RenderedPrompt } | { readonly refusal: string; readonly isOfTools?: true };

/** From the engine to the process that runs chat templates; `key` names one of them. */
export type TemplateRequest =
  | { readonly type: 'open'; readonly key: number; readonly setup: TemplateSetup }
  | { readonly type: 'close'; readonly key: number }
  | { readonly type: 'render'; readonly key: number; readonly id: number; readonly conversation: Conversation };

/** And back. */
export interface TemplateAnswer {
  readonly id: number;
  readonly reply: TemplateReply;
}
