import { type VoteChoice } from '@tandem/shared/contracts';

/** A prompt that two models were asked without anybody knowing which is which. */
export interface BlindTurn {
  /** What the server calls it; null before it has drawn who is left. */
  readonly id: string | null;
  /** Whether the derivative stood on the left of the page, where places have names. */
  readonly isCrossed: boolean;
  /** What came to light with the vote; absent before it. */
  readonly reveal?: BlindSeen;
}

export interface BlindSeen {
  readonly vote: VoteChoice;
  /** Ids of the models, by where they stood. */
  readonly left: string;
  readonly right: string;
}

/** Whether nobody may know yet who answered. */
export function isVeiled({ blind }: { readonly blind?: BlindTurn | undefined }): boolean {
  return blind !== undefined && blind.reveal === undefined;
}
