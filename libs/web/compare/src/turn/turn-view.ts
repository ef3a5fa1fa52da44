import { type AnswerView } from '@tandem/web/run';
import { type BlindTurn } from '../blind/blind-turn';
import { type StreamPosition } from '@tandem/web/data-access';
import { type AskSettings } from '../settings/settings';
import { type SideId } from '../side/sides';
import { type Measured } from '../repeat/measured';
import { type View } from '../views/view';

/** An answer and the id of the model that was asked for it: the pane may name another one since. */
export interface ModelAnswer {
  readonly model: string;
  readonly answer: AnswerView;
}

/** What one side answered to a turn's prompt. */
export interface SideAnswer extends ModelAnswer {
  readonly side: SideId;
  /** What it was asked with. */
  readonly settings: AskSettings;
  /** What came before it was asked for again, oldest first. */
  readonly earlier: readonly ModelAnswer[];
}

/**
 * What the next prompt goes on from: each side from its own answer, all sides from that of one, or as if the turn had
 * not been.
 */
export type GoOn = { readonly kind: 'own' } | { readonly kind: 'one'; readonly side: SideId } | { readonly kind: 'nothing' };

/** One prompt, and what the sides that were asked answered to it, from left to right. */
export interface TurnView {
  readonly id: string;
  readonly prompt: string;
  /** In milliseconds since 1970. */
  readonly askedAtMs: number;
  readonly answers: readonly SideAnswer[];
  /** As a person chose; without a choice each side goes on from its own answer. */
  readonly goOn: GoOn | undefined;
  /** What asking the same again several times gave. */
  readonly measured: readonly Measured[];
  /** How its answers are to be shown, where a person chose; else as they were written. */
  readonly view?: View | undefined;
  /** Where it was asked blind. */
  readonly blind?: BlindTurn | undefined;
}

export interface KeptAnswer extends SideAnswer {
  /** Where to go on; null when the answer has ended. */
  readonly position: StreamPosition | null;
}

/** A turn as it outlives a reload. */
export interface KeptTurn extends TurnView {
  readonly answers: readonly KeptAnswer[];
}
