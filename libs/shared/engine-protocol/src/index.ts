export type { CheckpointFacts, EngineFault, FromEngine, ToEngine } from './messages';
