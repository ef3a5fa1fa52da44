import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { drawSeed } from '@tandem/api/completion';
import { Fault, notFoundAbleToScore } from '@tandem/api/faults';
import { RUN_LIMITS, type RunCard } from '@tandem/shared/contracts';
import { PromptSets } from '../prompt-sets/prompt-sets';
import { RunScheduler } from './run-scheduler';
import { RunRecords } from './run-records';
import type { RunRequestDto, RunParametersDto } from './run-requests.dto';

/** Makes runs of what is asked for. */
@Injectable()
export class RunStarter {
  constructor(
    private readonly targets: TargetResolver,
    private readonly sets: PromptSets,
    private readonly records: RunRecords,
    private readonly scheduler: RunScheduler,
  ) {}

  /** @throws Fault for models and a set that are not there, or a model that cannot be scored */
  async start({ baseline = '', derivative = '', variants, prompt_set, parameters, repeats = 1, score = false }: RunRequestDto): Promise<RunCard> {
    const sides = variants?.map((model, at) => ({ model, param: `variants[${at}]` })) ?? [
      { model: baseline, param: 'baseline' },
      { model: derivative, param: 'derivative' },
    ];
    const models: string[] = [];
    for (const { model, param } of sides) models.push(await this.idOf(model, param, score));
    if (variants !== undefined && new Set(models).size < models.length) throw sameModel();
    const { id: setId, count } = await this.sets.forRun(prompt_set);
    const { card } = await this.sets.get(prompt_set);
    const set = { id: card.id, name: card.name, count };
    const spec = { isPair: variants === undefined, models, set, parameters: { ...sentOf(parameters), seed: seedFrom(parameters) }, repeats, score };
    const run = await this.records.add(spec, setId);
    void this.scheduler.look();
    return run;
  }

  private async idOf(model: string, param: string, isScored: boolean): Promise<string> {
    const { card, scoring } = await this.targets.resolve(model, param);
    if (isScored && scoring === undefined) throw notFoundAbleToScore(card.id, param);
    return card.id;
  }
}

function seedFrom(parameters: RunParametersDto | undefined): number {
  return parameters?.seed ?? drawSeed(RUN_LIMITS.repeats);
}

function sentOf(parameters: RunParametersDto = {}): Omit<RunParametersDto, 'seed'> {
  const sent = Object.entries(parameters).filter(([name, value]) => name !== 'seed' && value !== undefined && value !== null);
  return Object.fromEntries(sent) as Omit<RunParametersDto, 'seed'>;
}

function sameModel(): Fault {
  return new Fault('invalid_request', 'variants: two of them are the same model.', { param: 'variants' });
}
