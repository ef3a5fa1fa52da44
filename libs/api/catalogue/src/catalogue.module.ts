import { Module } from '@nestjs/common';
import { UpstreamModule } from '@tandem/api/upstream';
import { Catalogue } from './catalogue';
import { TargetResolver } from './target-resolver';

@Module({
  imports: [UpstreamModule],
  providers: [Catalogue, TargetResolver],
  exports: [Catalogue, TargetResolver],
})
export class CatalogueModule {}
