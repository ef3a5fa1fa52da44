import { Module } from '@nestjs/common';
import { UpstreamModule } from '@tandem/api/upstream';
import { Catalogue } from './catalogue';
import { LocalSeats } from './local-seats';
import { ModelProbe } from './model-probe';
import { TargetResolver } from './target-resolver';

@Module({
  imports: [UpstreamModule],
  providers: [Catalogue, LocalSeats, ModelProbe, TargetResolver],
  exports: [Catalogue, LocalSeats, ModelProbe, TargetResolver],
})
export class CatalogueModule {}
