export type {
  Adapter,
  AnswerFormat,
  CheckpointFacts,
  CheckpointPaths,
  EngineAnswer,
  EngineCall,
  EngineFault,
  EngineProgress,
  FromEngine,
  KeptText,
  LikelyPiece,
  OfferedTools,
  OtherTokens,
  ScoredToken,
  ToEngine,
  VocabularyFacts,
} from './messages';
export { withoutPaths } from './without-paths';
