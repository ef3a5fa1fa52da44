import { Fault } from '@tandem/api/faults';

/** What is wrong with a model is told of the field that names it. */
export async function inField<Result>(param: string, work: Promise<Result>): Promise<Result> {
  return work.catch((thrown: unknown) => {
    if (!(thrown instanceof Fault) || thrown.param !== 'model') throw thrown;
    const { code, told, message, retryable, retryAfterSeconds } = thrown;
    throw new Fault(code, told?.field === undefined ? message : { ...told, field: param }, {
      param,
      retryable,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      cause: thrown,
    });
  });
}
