import type { BlindChoice, PairSide, VoteChoice } from '@tandem/shared/contracts';

/** Times in milliseconds since 1970; what ends in `_json` is JSON. */
export interface ComparisonTables {
  comparisons: {
    id: string;
    created_at: number;
    updated_at: number;
    title: string;
    note: string;
    baseline: string;
    derivative: string;
    config_version: string | null;
    turn_count: number;
    /** The beginning of the first. */
    prompt: string;
    system: string | null;
    parameters_json: string;
    /** Title, note and prompts, in lower case. */
    search: string;
  };
  comparison_turns: {
    comparison_id: string;
    /** From 0. */
    turn: number;
    prompt: string;
    baseline_json: string;
    derivative_json: string;
  };
  votes: {
    id: string;
    created_at: number;
    updated_at: number;
    /** Null of a blind one, which is about no comparison. */
    comparison_id: string | null;
    turn: number | null;
    voter: string;
    choice: VoteChoice;
    /** 0 or 1. */
    blind: number;
    baseline: string;
    derivative: string;
  };
  blinds: {
    id: string;
    created_at: number;
    voter: string;
    baseline: string;
    derivative: string;
    /** Who stands on the left. */
    left_side: PairSide;
    choice: BlindChoice | null;
    /** What came of each side, once both have ended. */
    outcome_json: string | null;
  };
}
