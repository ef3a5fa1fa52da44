import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { AdditionsController } from '../additions/additions.controller';
import { ModelAdditions } from '../additions/model-additions';
import { ConfigController } from './config.controller';
import { ConfigStatus } from './config-status';

@Module({ controllers: [ConfigController, AdditionsController], providers: [ConfigStatus, ModelAdditions] })
export class ConfigStatusModule {
  /** `providers` must hold one for `LocalModels`. */
  static over({ imports = [], providers = [] }: Pick<ModuleMetadata, 'imports' | 'providers'>): DynamicModule {
    return { module: ConfigStatusModule, imports, providers };
  }
}
