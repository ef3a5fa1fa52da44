import { Fault } from '@tandem/api/faults';
import type { EngineAnswer, EngineCall, EngineFault, EngineProgress } from '@tandem/shared/engine-protocol';

/** What each call is answered with. */
interface AnswerTypes {
  inspect: 'facts';
  recognise: 'recognised';
  check: 'checked';
  load: 'loaded';
  unload: 'unloaded';
  generate: 'end';
  score: 'scored';
  drop: 'dropped';
  measure: 'measured';
  tokenize: 'tokenized';
  detokenize: 'detokenized';
  vocabulary: 'vocabulary';
  forget: 'forgotten';
}

export type AnswerTo<Call extends EngineCall> = Extract<EngineAnswer, { type: AnswerTypes[Call['type']] }>;

/** What a call fails with when the engine dies. */
export interface LossFault extends EngineFault {
  /** Something else was being loaded meanwhile: the call had no part in it, as far as can be told. */
  readonly isBystander: boolean;
  /** The engine died by its own doing: nobody ended it. */
  readonly isCrash: boolean;
  /** How it ended, in half a sentence. */
  readonly reason: string;
}

/** A generation that can be made to wait. Both may be called at any time, and twice. */
export interface EngineFlow {
  pause(): void;
  resume(): void;
}

export interface CallOptions {
  readonly onProgress?: (progress: EngineProgress) => void;
  /** Is given the means to have a generation wait. */
  readonly hold?: (flow: EngineFlow) => void;
  /** Aborting it asks the engine to stop; the call still settles by the engine's answer. */
  readonly signal?: AbortSignal;
}

/** What the engine reported, as a fault of this process. */
export function faultOf(fault: EngineFault): Fault {
  const { code, message, retryable, param } = fault;
  if (param === undefined) return new Fault(code, message, { retryable, cause: fault });
  return new Fault(code, { field: param, what: message }, { retryable, param, cause: fault });
}
