import { type Divergence, type OfBoth } from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';

export interface SaidMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A text that two models are asked how likely they find it: the models' ids, and what was said before it. */
export interface ScoringTask extends OfBoth<string> {
  readonly messages: readonly SaidMessage[];
  readonly text: string;
}

export type ScoringState =
  | { readonly kind: 'idle' }
  /** Others of this page are before it. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'scoring'; readonly progress: number }
  | { readonly kind: 'done'; readonly divergence: Divergence }
  | { readonly kind: 'failed'; readonly fault: RunFault };

/** How many of the likeliest tokens are asked for: as many as the API gives by itself, so that both tell the same figures. */
export const ALTERNATIVES = 32;

export function keyOf({ baseline, derivative, messages, text }: ScoringTask): string {
  return JSON.stringify([baseline, derivative, messages, text]);
}
