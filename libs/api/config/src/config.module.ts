import { Global, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { ConfigStore } from './config-store';
import { ENVIRONMENT } from './tokens';
import { type Environment, parseEnvironment } from './environment';
import { defaultSource, environmentSource, fileSource } from './sources';

const environmentProvider = {
  provide: ENVIRONMENT,
  useFactory: (config: ConfigService<{ environment: Environment }, true>) => config.get('environment', { infer: true }),
  inject: [ConfigService],
};

const storeProvider = {
  provide: ConfigStore,
  useFactory: async (environment: Environment) => {
    const store = new ConfigStore([environmentSource(environment), fileSource(environment), defaultSource]);
    await store.load();
    return store;
  },
  inject: [ENVIRONMENT],
};

@Global()
@Module({
  imports: [NestConfigModule.forRoot({ validate: (variables) => ({ environment: parseEnvironment(variables) }) })],
  providers: [environmentProvider, storeProvider],
  exports: [ENVIRONMENT, ConfigStore],
})
export class ConfigModule {}
