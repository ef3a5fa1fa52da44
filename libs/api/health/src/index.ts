export { CandidateModule } from './candidate/candidate.module';
export { HealthMonitor } from './health-monitor';
export { MODEL_HEALTH } from './model-health';
