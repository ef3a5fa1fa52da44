import { type FinishReason, type Timings, type Usage } from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';
import { type CalledTool } from './called-tool';

/** Where an answer stands, as its pane shows it. */
export type AnswerState =
  | { readonly kind: 'queued'; readonly position?: number | undefined }
  | { readonly kind: 'converting'; readonly progress?: number | undefined }
  | { readonly kind: 'loading'; readonly progress?: number | undefined }
  | { readonly kind: 'prompt' }
  | { readonly kind: 'thinking' }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'resuming' }
  | { readonly kind: 'done'; readonly reason?: FinishReason | undefined }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly fault: RunFault }
  /** The page that made it went away before the end. */
  | { readonly kind: 'interrupted' }
  /** Another page is making it. */
  | { readonly kind: 'elsewhere' };

/** One turn of one side. */
export interface AnswerView {
  readonly id: string;
  readonly prompt: string;
  readonly thoughts: string;
  readonly text: string;
  /** The tools that it asks for, in the order in which they began. */
  readonly calls?: readonly CalledTool[];
  readonly state: AnswerState;
  readonly firstTokenMs: number | null;
  /** Of what `tokens` counts. */
  readonly tokensPerSecond: number | null;
  /** With `usage` as the model's server counted them; without it these are pieces of text. */
  readonly tokens: number;
  /** Parameters that this model's server cannot take. */
  readonly ignored: readonly string[];
  /** The seed that was used; known at the end. */
  readonly seed?: number;
  /** Tokens read and made, as the model's server counted them; known at the end. */
  readonly usage?: Usage;
  /** As the server tells them; known at the end. */
  readonly timings?: Timings;
}
