import type { TargetResolver } from '@tandem/api/catalogue';
import { RunRegistry } from '@tandem/api/completion';
import { AnswerQuota, Departures } from '@tandem/api/http';
import { Lanes } from '../runs/lanes';

/** Lanes over those models, beside the answers that people wait for. Whoever opens them closes them. */
export function lanesOf(models: TargetResolver) {
  const people = new RunRegistry(new Departures(), new AnswerQuota());
  const lanes = new Lanes(people, models);
  const close = async (): Promise<void> => {
    lanes.onModuleDestroy();
    await people.onModuleDestroy();
  };
  return { lanes, people, close };
}
