import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { PairParity } from './parity/pair-parity';
import { ScoringController } from './scoring.controller';
import { ScoringDesk } from './scoring-desk';
import { TextScoring } from './text-scoring';

@Module({
  imports: [CatalogueModule],
  controllers: [ScoringController],
  providers: [PairParity, ScoringDesk, TextScoring],
  exports: [TextScoring],
})
export class ScoringModule {}
