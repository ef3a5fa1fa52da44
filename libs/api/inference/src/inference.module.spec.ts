import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ImportModule } from '@tandem/api/import';
import { EngineHost } from './engine-host';
import { InferenceModule } from './inference.module';
import { LocalRuntime } from './local-runtime';
import { BUNDLED, CONVERTER_ENTRY, ENGINE_ENTRY } from './testing/open-inference';

@Module({ imports: [InferenceModule] })
class SomeoneElsesModule {
  constructor(readonly runtime: LocalRuntime) {}
}

@Module({
  imports: [
    SomeoneElsesModule,
    ImportModule.forRoot({ useFactory: () => ({ checkpointsDir: BUNDLED, type: 'f16', converterEntry: CONVERTER_ENTRY }) }),
    InferenceModule.forRoot({ useFactory: () => ({ checkpointsDir: BUNDLED, threads: 1, engineEntry: ENGINE_ENTRY }) }),
  ],
})
class Application {}

describe('InferenceModule', () => {
  it('is opened once for everyone who imports it, and closes its engine with the application', async () => {
    const application = await NestFactory.createApplicationContext(Application, { logger: false });
    const host = application.get(EngineHost, { strict: false });
    expect(application.get(SomeoneElsesModule).runtime).toBe(application.get(LocalRuntime, { strict: false }));
    await application.close();
    expect(host.state).toBe('closed');
    expect(host.pid).toBeUndefined();
  });
});
