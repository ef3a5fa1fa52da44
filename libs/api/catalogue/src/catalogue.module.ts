import { Module } from '@nestjs/common';
import { UpstreamModule } from '@tandem/api/upstream';
import { Catalogue } from './catalogue';
import { ModelProbe } from './model-probe';
import { TargetResolver } from './target-resolver';

@Module({
  imports: [UpstreamModule],
  providers: [Catalogue, ModelProbe, TargetResolver],
  exports: [Catalogue, ModelProbe, TargetResolver],
})
export class CatalogueModule {}
