export { CandidateProbe } from './candidate-probe';
export { Catalogue, type CatalogueItem } from './catalogue';
export { CatalogueModule } from './catalogue.module';
export { LocalSeats, type NamedSeat } from './local-seats';
export { ModelCards } from './model-cards';
export { ModelProbe } from './model-probe';
export { seatBehind } from './place-of';
export { RemoteSources } from './remote-sources';
export { TargetResolver } from './target-resolver';
