import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { ScoringModule } from '@tandem/api/scoring';
import { RunExport } from './export/run-export';
import { PromptSets } from './prompt-sets/prompt-sets';
import { PromptSetsController } from './prompt-sets/prompt-sets.controller';
import { SHIPPED_FOLDER, ShippedSets } from './prompt-sets/shipped-sets';
import { ItemWork } from './runs/item-work';
import { Judge } from './runs/judge';
import { Lanes } from './runs/lanes';
import { RunBook } from './runs/run-book';
import { RunScheduler } from './runs/run-scheduler';
import { RunEvents } from './runs/run-events';
import { RunItems } from './runs/run-items';
import { RunRecords } from './runs/run-records';
import { RunStarter } from './runs/run-starter';
import { RunSummaries } from './runs/run-summaries';
import { FindingsOfRuns } from './runs/findings-of-runs';
import { RunsController } from './runs/runs.controller';
import { ScoringLane } from './runs/scoring-lane';
import { SideAsker } from './runs/side-asker';

export interface EvaluationsOptions {
  /** With the prompt sets that come with Tandem. */
  readonly shippedFolder: URL;
  /** Provides `PairVotes`; `imports` are what it needs. */
  readonly pairVotes: Provider;
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

@Module({})
export class EvaluationsModule {
  static forRoot({ shippedFolder, imports = [], pairVotes }: EvaluationsOptions): DynamicModule {
    return {
      module: EvaluationsModule,
      imports: [CatalogueModule, CompletionModule, ScoringModule, ...imports],
      controllers: [PromptSetsController, RunsController],
      providers: [
        { provide: SHIPPED_FOLDER, useValue: shippedFolder },
        pairVotes,
        ...[ShippedSets, PromptSets, RunRecords, RunItems, RunSummaries, Lanes, SideAsker, Judge, ScoringLane, ItemWork],
        ...[RunScheduler, RunStarter, RunEvents, FindingsOfRuns, RunExport, RunBook],
      ],
    };
  }
}
