export { EvaluationsModule } from './evaluations.module';
export { EVALUATIONS_SCHEMA } from './evaluations-schema';
export { PairVotes } from './runs/pair-votes';
