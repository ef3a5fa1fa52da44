import { Module } from '@nestjs/common';
import { ConfigModule } from '@tandem/api/config';
import { HealthModule } from '@tandem/api/health';
import { ModelsModule } from '@tandem/api/models';
import { PlatformModule } from '@tandem/api/platform';
import { StreamingModule } from '@tandem/api/streaming';
import { staticFiles } from './static-files';

@Module({ imports: [PlatformModule, ConfigModule, ModelsModule, StreamingModule, HealthModule, staticFiles] })
export class AppModule {}
