export type ChatRole = 'system' | 'user' | 'assistant';

export interface ChatMessage {
  readonly role: ChatRole;
  readonly content: string;
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
}
