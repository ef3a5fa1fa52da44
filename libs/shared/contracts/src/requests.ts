export type ChatRole = 'system' | 'user' | 'assistant';

/** A tool that a model calls. */
export interface ToolCall {
  /** Names the call in the message that says what came of it. */
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: it may be broken. */
  readonly arguments: string;
}

/** A part of what a message says: text or, of a user, an image as a data URL (PNG, JPEG, WebP, GIF). */
export type ContentPart = { readonly type: 'text'; readonly text: string } | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** A message as a request has it: its text, or parts with a text among them. */
export interface ChatMessage {
  readonly role: ChatRole;
  readonly content: string | readonly ContentPart[];
}

/** A message as models are told it: what OpenAI's clients say of tools comes with it. */
export interface ChatTurn {
  readonly role: ChatRole;
  readonly content: string;
  /** Of a user's message: what is shown beside the text, as data URLs. */
  readonly images?: readonly string[];
  /** Of an answer: the tools that it calls. */
  readonly tool_calls?: readonly ToolCall[];
  /** Of a user's message that is what came of a tool call: which one. */
  readonly tool_call_id?: string;
}

/** The body of `POST /stream`. Either `prompt` or `messages`. */
export interface StreamRequest {
  /** Id, name or endpoint of a configured model or discovered checkpoint. */
  readonly model: string;
  readonly prompt?: string;
  readonly messages?: readonly ChatMessage[];
  readonly system?: string | null;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
  readonly repetition_penalty?: number;
  readonly max_tokens?: number;
  readonly seed?: number | null;
  readonly stop?: readonly string[];
  /** Whether the work goes on for 60 s after a lost connection. */
  readonly resumable?: boolean;
  /** Whose cached prompt state this is; what `POST /api/chat/clear` names. At most 128 characters. */
  readonly conversation_id?: string;
  /** `false`: nothing that is kept of earlier prompts is used, and the last frame names it as ignored where that cannot be asked for. Default true. */
  readonly cache_prompt?: boolean;
}
