import { Module } from '@nestjs/common';
import { InferenceModule } from '@tandem/api/inference';
import { UpstreamModule } from '@tandem/api/upstream';
import { Catalogue } from './catalogue';
import { TargetResolver } from './target-resolver';

@Module({
  imports: [InferenceModule, UpstreamModule],
  providers: [Catalogue, TargetResolver],
  exports: [Catalogue, TargetResolver],
})
export class CatalogueModule {}
