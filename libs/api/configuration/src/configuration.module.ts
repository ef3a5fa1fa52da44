import { Module } from '@nestjs/common';
import { CatalogueModule } from '@tandem/api/catalogue';
import { ConfigurationController } from './configuration.controller';
import { ConfigurationStatus } from './configuration-status';

@Module({ imports: [CatalogueModule], controllers: [ConfigurationController], providers: [ConfigurationStatus] })
export class ConfigurationModule {}
