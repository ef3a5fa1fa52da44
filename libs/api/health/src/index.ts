export { HealthDirectory, HealthSettings, type HealthSubject } from './health-directory';
export { HealthModule } from './health.module';
export { HealthMonitor } from './health-monitor';
