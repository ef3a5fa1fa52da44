export type {
  CheckpointFacts,
  CheckpointPaths,
  EngineAnswer,
  EngineCall,
  EngineFault,
  EngineProgress,
  FromEngine,
  ToEngine,
} from './messages';
