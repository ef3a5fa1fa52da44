import { Module } from '@nestjs/common';
import { UpstreamClient } from './upstream-client';

@Module({ providers: [{ provide: UpstreamClient, useFactory: () => new UpstreamClient() }], exports: [UpstreamClient] })
export class UpstreamModule {}
