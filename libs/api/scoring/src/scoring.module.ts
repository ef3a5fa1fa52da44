import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { PairParity } from './parity/pair-parity';
import { Scorers } from './scorers';
import { ScoringController } from './scoring.controller';
import { ScoringResponder } from './scoring-responder';
import { SeriesController } from './series.controller';
import { SeriesList } from './series-list';
import { SeriesScoring } from './series-scoring';
import { TextScoring } from './text-scoring';

@Module({
  imports: [CatalogueModule],
  controllers: [ScoringController, SeriesController],
  providers: [PairParity, Scorers, ScoringResponder, SeriesList, SeriesScoring, TextScoring],
  exports: [TextScoring],
})
export class ScoringModule {}
