import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '@tandem/api/platform';

/** Swagger UI at `/api/docs`, the document itself at `/api/openapi.json`. */
export function publishApiDocument(app: NestExpressApplication, basePath: string): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tandem')
    .setDescription('Compare a baseline language model with its derivative side by side, and chat with local checkpoints.')
    .setVersion(VERSION)
    .addTag('models', 'What can be asked')
    .addTag('streaming', 'Asking, token by token')
    .addTag('health', 'What is alive')
    .addServer(basePath === '' ? '/' : basePath)
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Tandem API',
  });
}
