import { Global, Module } from '@nestjs/common';
import { Exchanges } from './exchanges';
import { Readiness } from './readiness';

@Global()
@Module({ providers: [Exchanges, Readiness], exports: [Exchanges, Readiness] })
export class PlatformModule {}
