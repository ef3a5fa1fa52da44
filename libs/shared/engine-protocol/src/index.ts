export type {
  Adapter,
  CheckpointFacts,
  CheckpointPaths,
  EngineAnswer,
  EngineCall,
  EngineFault,
  EngineProgress,
  FromEngine,
  ToEngine,
} from './messages';
export { withoutPaths } from './without-paths';
