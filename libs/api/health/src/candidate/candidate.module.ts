import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { CandidateCheck } from './candidate-check';
import { CandidateController } from './candidate.controller';

@Module({ imports: [CatalogueModule], controllers: [CandidateController], providers: [CandidateCheck] })
export class CandidateModule {}
