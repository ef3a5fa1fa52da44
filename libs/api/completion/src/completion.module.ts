import { Module } from '@nestjs/common';
import { RunLog } from './run-log';
import { RunRegistry } from './run-registry';

@Module({ providers: [RunLog, RunRegistry], exports: [RunRegistry] })
export class CompletionModule {}
