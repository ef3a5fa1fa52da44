export { ComparisonsModule } from './comparisons.module';
export { COMPARISON_SCHEMA } from './kept/comparison-schema';
export { KeptVotes } from './votes/kept-votes';
