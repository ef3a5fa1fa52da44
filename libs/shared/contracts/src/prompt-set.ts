import type { ChatRole } from './requests';

export const CHECK_TYPES = ['exact', 'contains', 'regex', 'json', 'json_schema', 'max_words', 'judge'] as const;

export type CheckType = (typeof CHECK_TYPES)[number];

/** What an answer must be. Only the answer is looked at, never a model's thoughts. */
export interface PromptCheck {
  readonly type: CheckType;
  /**
   * `exact`: the text, or the prompt's reference where it is left out; `contains`: a part of the text; `regex`: an expression of RE2;
   * `json_schema`: a JSON Schema; `max_words`: a number; `judge`: the model that judges. `json` has none.
   */
  readonly value?: unknown;
}

/** A message of a prompt: text alone. */
export interface PromptMessage {
  readonly role: ChatRole;
  readonly content: string;
}

/** One prompt of a set. Either `prompt` or `messages` is there. */
export interface SetPrompt {
  /** Unique in its set; its place, from 1, where none was given. */
  readonly id: string;
  readonly prompt?: string;
  readonly messages?: readonly PromptMessage[];
  readonly system?: string;
  /** The right answer. */
  readonly reference?: string;
  readonly tags?: readonly string[];
  readonly check?: readonly PromptCheck[];
}

/** A prompt set as lists show it. */
export interface PromptSetCard {
  readonly id: string;
  readonly name: string;
  /** Of its prompts. */
  readonly count: number;
  /** ISO 8601, UTC; null for the sets that come with Tandem. */
  readonly created_at: string | null;
  /** Whether it came with Tandem: such a set cannot be deleted. */
  readonly is_shipped: boolean;
}

/** The limits of a prompt set. Texts are bounded like those of requests. */
export const PROMPT_SET_LIMITS = {
  prompts: 10_000,
  bytes: 32 * 1024 * 1024,
  nameCharacters: 200,
  idCharacters: 200,
  tags: 32,
  tagCharacters: 100,
  checks: 16,
  regexCharacters: 1_000,
  schemaCharacters: 65_536,
} as const;
