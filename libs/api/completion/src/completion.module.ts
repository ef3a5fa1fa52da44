import { Module } from '@nestjs/common';
import { RunRegistry } from './run-registry';

@Module({ providers: [RunRegistry], exports: [RunRegistry] })
export class CompletionModule {}
