import { EngineError } from '../engine-error';

/** NaN in its weights, or numbers too large for their kind, make all that a model computes no number: it would answer with anything. */
export function noNumber(): EngineError {
  return new EngineError(
    'model_invalid',
    'What this model computes is not a number (NaN). Its weights are broken, or an adapter lies over them at far too large a scale: make the file anew, or correct the scale.',
  );
}
