import { type DynamicModule, Module } from '@nestjs/common';
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
import { RunDesk } from './runs/run-desk';
import { RunEvents } from './runs/run-events';
import { RunItems } from './runs/run-items';
import { RunRecords } from './runs/run-records';
import { RunStarter } from './runs/run-starter';
import { RunSummaries } from './runs/run-summaries';
import { RunsController } from './runs/runs.controller';
import { ScoringLane } from './runs/scoring-lane';
import { SideAsker } from './runs/side-asker';

@Module({})
export class EvaluationsModule {
  /** @param shippedFolder with the prompt sets that come with Tandem */
  static forRoot(shippedFolder: URL): DynamicModule {
    return {
      module: EvaluationsModule,
      imports: [CatalogueModule, CompletionModule, ScoringModule],
      controllers: [PromptSetsController, RunsController],
      providers: [
        { provide: SHIPPED_FOLDER, useValue: shippedFolder },
        ...[ShippedSets, PromptSets, RunRecords, RunItems, RunSummaries, Lanes, SideAsker, Judge, ScoringLane, ItemWork],
        ...[RunDesk, RunStarter, RunEvents, RunExport, RunBook],
      ],
    };
  }
}
