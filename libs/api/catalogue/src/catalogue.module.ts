import { Module } from '@nestjs/common';
import { UpstreamModule } from '@tandem/api/upstream';
import { Catalogue } from './catalogue';
import { LocalSeats } from './local-seats';
import { ModelProbe } from './model-probe';
import { RemoteSources } from './remote-sources';
import { TargetResolver } from './target-resolver';

@Module({
  imports: [UpstreamModule],
  providers: [Catalogue, LocalSeats, ModelProbe, RemoteSources, TargetResolver],
  exports: [Catalogue, LocalSeats, ModelProbe, RemoteSources, TargetResolver],
})
export class CatalogueModule {}
