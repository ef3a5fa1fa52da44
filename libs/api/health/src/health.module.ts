import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { HealthController } from './health.controller';
import { HealthMonitor } from './health-monitor';
import { HealthRounds } from './health-rounds';
import { LivenessController } from './liveness.controller';

@Module({
  controllers: [HealthController, LivenessController],
  providers: [HealthMonitor, HealthRounds],
  exports: [HealthMonitor],
})
export class HealthModule {
  /** `providers` must hold one for `HealthDirectory` and one for `HealthSettings`. */
  static over({ imports = [], providers = [] }: Pick<ModuleMetadata, 'imports' | 'providers'>): DynamicModule {
    return { module: HealthModule, imports, providers };
  }
}
