import { type DynamicModule, Inject, type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import { RouteTable } from '@tandem/api/http';
import { FILE_POLICY, keepFor } from './file-policy';
import { MistypedPage, mistypedRoute } from './mistyped';
import { PageController } from './page.controller';
import { PageSender } from './page-sender';
import { sendCompressed } from './send-compressed';
import { PAGE, WebFiles } from './web-files';

/** The page, and the files that the build made of it. */
@Module({})
export class PageModule implements NestModule {
  constructor(
    @Inject(WebFiles) private readonly files: WebFiles,
    routes: RouteTable,
  ) {
    routes.declare(files.names.map((name) => ({ method: 'GET', path: `/${name}`, handler: ServeStaticModule.name, policy: FILE_POLICY, isStream: false })));
    routes.declare([mistypedRoute(routes)]);
  }

  /** @param root the folder of the built page */
  static of(root: string): DynamicModule {
    const serveStaticOptions = { index: false, redirect: false, setHeaders: keepFor };
    return {
      module: PageModule,
      imports: [ServeStaticModule.forRoot({ rootPath: root, renderPath: `/${PAGE}`, serveStaticOptions })],
      controllers: [PageController],
      providers: [PageSender, { provide: WebFiles, useFactory: () => new WebFiles(root) }],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(MistypedPage).forRoutes('{*address}');
    if (this.files.names.length === 0) return;
    consumer.apply(sendCompressed(this.files)).forRoutes(...this.files.names.map((path) => ({ path, method: RequestMethod.GET })));
  }
}
