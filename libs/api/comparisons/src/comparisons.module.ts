import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CompletionModule } from '@tandem/api/completion';
import { BlindController } from './blind/blind.controller';
import { BlindTrials } from './blind/blind-trials';
import { KeptBlinds } from './blind/kept-blinds';
import { ComparisonsController } from './comparisons.controller';
import { Exports } from './export/exports';
import { KeptComparisons } from './kept/kept-comparisons';
import { KeptVotes } from './votes/kept-votes';
import { Voters } from './votes/voters';
import { VotesController } from './votes/votes.controller';

/** The `Store` comes from the application. */
@Module({
  imports: [CatalogueModule, CompletionModule],
  controllers: [ComparisonsController, VotesController, BlindController],
  providers: [KeptComparisons, KeptVotes, KeptBlinds, Exports, Voters, BlindTrials],
  exports: [KeptVotes],
})
export class ComparisonsModule {}
