import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { Lanes } from './lanes';

/** Scores take their place among the answers of the model that they are about. */
@Injectable()
export class ScoringLane {
  constructor(
    private readonly targets: TargetResolver,
    private readonly lanes: Lanes,
  ) {}

  async use<Result>(model: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    return this.lanes.use(await this.targets.resolve(model), signal, work);
  }
}
