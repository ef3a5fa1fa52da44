import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AnswerQuota } from './answer-quota';
import { Departures } from './departures';
import { Exchanges } from './log/exchanges';
import { Readiness } from './readiness';
import { RouteTable } from './route/route-table';

const PARTS = [AnswerQuota, Departures, Exchanges, Readiness, RouteTable];

@Global()
@Module({ imports: [DiscoveryModule], providers: PARTS, exports: PARTS })
export class HttpModule {}
