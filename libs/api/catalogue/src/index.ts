export { Catalogue, type CatalogueItem } from './catalogue';
export { CatalogueModule } from './catalogue.module';
export { checkpointOf } from './cards';
export { TargetResolver } from './target-resolver';
