import { Fault } from '@tandem/api/faults';

/** What is wrong with a model is told of the field that names it. */
export async function inField<Result>(param: string, work: Promise<Result>): Promise<Result> {
  return work.catch((thrown: unknown) => {
    throw thrown instanceof Fault && thrown.param === 'model' ? thrown.inField(param) : thrown;
  });
}
