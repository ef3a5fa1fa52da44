import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';

/** A row of the batch that was decoded last, for which there are logits. */
export type BatchRow = number & { readonly __row: never };

export type RowReader = (row: BatchRow, index: number) => unknown;

export interface NativeSampler {
  applyConfig(config: { readonly temperature: number; readonly topK?: number; readonly seed?: number }): void;
  dispose(): void;
}

/** The token that was sampled, and pairs of a token and its logit in one flat list. */
export type NativeSample = readonly [Token | -1, undefined, undefined, readonly number[] | undefined, number | undefined];

/**
 * What the binding keeps to itself and the model's own distribution needs: a second look at a row that an answer was
 * sampled from. Its version is pinned, and tests fail where this is not how it is any more.
 */
export interface SequenceInside {
  _decodeTokens(
    tokens: readonly Token[],
    wantsLogits: readonly (true | undefined)[],
    priority: number,
    meter: LlamaContextSequence['tokenMeter'],
    contextShift: unknown,
    readRow: RowReader,
    afterBatch?: unknown,
  ): Promise<unknown[]>;
  readonly _context: {
    readonly _ctx: {
      sampleToken(
        row: BatchRow,
        sampler: NativeSampler,
        probabilities: false,
        confidence: false,
        logits: true | readonly [only: readonly Token[], max: boolean, min: boolean, sampled: boolean, top: number],
        totalLogitWeight: boolean,
      ): Promise<NativeSample>;
    };
  };
}

interface ModelInside {
  readonly _model: unknown;
  readonly _llama: { readonly _bindings: { readonly AddonSampler: new (model: unknown) => NativeSampler } };
}

export function insideOf(sequence: LlamaContextSequence): SequenceInside {
  return sequence as unknown as SequenceInside;
}

export function nativeSampler(model: LlamaModel): NativeSampler {
  const { _model, _llama } = model as unknown as ModelInside;
  return new _llama._bindings.AddonSampler(_model);
}
