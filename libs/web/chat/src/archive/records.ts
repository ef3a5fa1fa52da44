import { type SamplingParameters, type Usage } from '@tandem/shared/contracts';
import { type AnswerState, type CalledTool } from '@tandem/web/run';
import { type StreamPosition } from '@tandem/web/data-access';

/** What is kept of a conversation besides its messages. Times are milliseconds since 1970. */
export interface ConversationRecord {
  readonly id: string;
  /** Empty until there is a first message or a name of its own. */
  readonly title: string;
  /** Whether a person named it; else the first message does. */
  readonly isNamed: boolean;
  /** Id of the model that is asked next; null before anyone chose. */
  readonly model: string | null;
  /** System prompt; blank for none. */
  readonly system: string;
  readonly parameters: SamplingParameters;
  /** The message that the shown branch ends with; null while there is none. */
  readonly leaf: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A message in the tree: those with the same parent are branches beside each other. */
interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly parent: string | null;
  readonly createdAtMs: number;
  readonly text: string;
}

/** An image that somebody showed a model. */
export interface KeptImage {
  /** A data URL. */
  readonly url: string;
  /** As its file was called. */
  readonly name: string;
  /** In pixels, of what is sent. */
  readonly width: number;
  readonly height: number;
  /** Whether its file was larger than what is sent. */
  readonly isSmaller?: boolean;
}

export interface QuestionRecord extends Message {
  readonly role: 'user';
  readonly images?: readonly KeptImage[];
}

/** How an answer ended. */
export type AnswerEnd = Extract<AnswerState, { kind: 'done' | 'stopped' | 'failed' }>;

export interface AnswerRecord extends Message {
  readonly role: 'assistant';
  /** Id and title of the model that made it, as they were then. */
  readonly model: string;
  readonly modelTitle: string;
  readonly thoughts: string;
  /** The tools that it asks for; absent in what was kept before they were told apart. */
  readonly calls?: readonly CalledTool[];
  /** Where another page could go on with it: what stands in this record is what there was up to that frame. */
  readonly position?: StreamPosition | null;
  /** Null while it is made, or when its maker went away before the end. */
  readonly end: AnswerEnd | null;
  /** The page that makes it, and when that last wrote: how another page tells whether it still does. */
  readonly writer: string;
  readonly writtenAtMs: number;
  /** The first message that was sent with the question; null for all of them. */
  readonly sentFrom: string | null;
  /** How often it was gone on with. */
  readonly continued: number;
  readonly firstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
  readonly tokens: number;
  readonly ignored: readonly string[];
  readonly seed: number | null;
  readonly usage: Usage | null;
}

export type MessageRecord = QuestionRecord | AnswerRecord;

/** A conversation with everything that was said in it, in all branches. */
export interface WholeConversation {
  readonly conversation: ConversationRecord;
  readonly messages: readonly MessageRecord[];
}
