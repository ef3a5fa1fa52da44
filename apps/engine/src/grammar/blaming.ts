import { EngineError } from '../engine-error';
import { UnusableSchema } from './schema';

/** What `make` gives. @throws EngineError `invalid_request` that names the request's field and which of its schemas no grammar can be made of */
export function blaming<Made>(param: string, what: string, make: () => Made): Made {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof UnusableSchema)) throw thrown;
    const message = `${what} cannot be turned into a grammar for a local model, because ${thrown.message}`;
    throw new EngineError('invalid_request', message, { param });
  }
}
