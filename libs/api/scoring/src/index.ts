export { ScoringModule } from './scoring.module';
export { TextScoring } from './text-scoring';
