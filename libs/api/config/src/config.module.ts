import { Global, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { ConfigStore } from './config-store';
import { ENVIRONMENT } from './tokens';
import { type Environment, parseEnvironment } from './environment';
import { ConfigRefresher } from './config-refresher';
import { LastGoodCopy } from './last-good-copy';
import { S3Object } from './s3-object';
import { S3Source } from './s3-source';
import { TokenFile } from './token-file';
import { type ConfigSource, defaultSource, environmentSource, fileSource } from './sources';

/** Below the working directory; ignored by git. */
const COPY = '.tandem/config-from-s3.json';

const environmentProvider = {
  provide: ENVIRONMENT,
  useFactory: (config: ConfigService<{ environment: Environment }, true>) => config.get('environment', { infer: true }),
  inject: [ConfigService],
};

const storeProvider = {
  provide: ConfigStore,
  useFactory: async (environment: Environment) => {
    const store = new ConfigStore([environmentSource(environment), ...s3Sources(environment), fileSource(environment), defaultSource], environment);
    await store.load();
    return store;
  },
  inject: [ENVIRONMENT],
};

/** One where a bucket is named, else none. */
function s3Sources({
  s3Bucket: bucket,
  s3ConfigKey: key,
  s3Endpoint: endpoint,
  awsRegion: region,
  apiKeyVariables,
  outwardProxies: proxies,
}: Environment): ConfigSource[] {
  if (bucket === undefined) return [];
  const copy = new LastGoodCopy(COPY, `${endpoint ?? 'aws'} ${bucket} ${key}`);
  return [new S3Source(new S3Object({ bucket, key, region, endpoint }, { proxies }), copy, apiKeyVariables)];
}

@Global()
@Module({
  imports: [NestConfigModule.forRoot({ validate: (variables) => ({ environment: parseEnvironment(variables) }) })],
  providers: [environmentProvider, storeProvider, ConfigRefresher, { provide: TokenFile, useFactory: () => new TokenFile() }],
  exports: [ENVIRONMENT, ConfigStore, ConfigRefresher, TokenFile],
})
export class ConfigModule {}
