import { Module } from '@nestjs/common';
import { CandidateProbe } from './candidate-probe';
import { Catalogue } from './catalogue';
import { LocalSeats } from './local-seats';
import { ModelCards } from './model-cards';
import { ModelProbe } from './model-probe';
import { RemoteSources } from './remote-sources';
import { TargetResolver } from './target-resolver';

@Module({
  providers: [CandidateProbe, Catalogue, LocalSeats, ModelCards, ModelProbe, RemoteSources, TargetResolver],
  exports: [CandidateProbe, Catalogue, LocalSeats, ModelCards, ModelProbe, RemoteSources, TargetResolver],
})
export class CatalogueModule {}
