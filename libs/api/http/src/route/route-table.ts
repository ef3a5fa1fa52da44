import { Injectable, type OnApplicationBootstrap, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, HttpAdapterHost, MetadataScanner } from '@nestjs/core';
import { type Express, type Request, Router } from 'express';
import { readPolicy, type RoutePolicy } from './route-policy';

/** One handler at one address. */
export interface Route {
  /** In upper case. */
  readonly method: string;
  /** As the router reads it: `/api/models/*id`. */
  readonly path: string;
  readonly handler: string;
  readonly policy: RoutePolicy;
  /** Whether it answers with events, possibly without end. */
  readonly isStream: boolean;
  /** Only of what stands behind all others: which of the requests it takes that are at no address of a route. */
  readonly takes?: (request: Request) => boolean;
}

/** All routes with their policies, as their decorators say them. */
@Injectable()
export class RouteTable implements OnApplicationBootstrap {
  private known: readonly Route[] | undefined;
  private declared: readonly Route[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** In the order in which they are looked at. @throws Error where one has no policy */
  get routes(): readonly Route[] {
    return (this.known ??= [...this.discovery.getControllers().flatMap(({ metatype }) => this.routesOf(metatype as Type)), ...this.declared]);
  }

  /** Tells of routes that no controller has. To be called before the first request. */
  declare(routes: readonly Route[]): void {
    this.declared = [...this.declared, ...routes];
  }

  /** Notes on each request which routes are at its address, whatever their method. It is the router that decides later as well. */
  router(): Router {
    const router = Router();
    const placed = this.routes.filter((route) => route.takes === undefined);
    const behind = this.routes.filter((route) => route.takes !== undefined);
    const plain = new Set(placed.map((route) => route.path).filter((path) => !/[:*{}]/.test(path)));
    /** Of addresses that are written as their route is: which routes those have was found out before. */
    const found = new Map<string, readonly Route[]>();
    router.use((request, _response, next) => {
      const routes = found.get(request.path);
      if (routes === undefined) return next();
      request.routes = routes;
      next('router');
    });
    for (const path of new Set(placed.map((route) => route.path))) {
      const routes = placed.filter((route) => route.path === path);
      router.all(path, (request, _response, next) => {
        request.routes = [...(request.routes ?? []), ...routes];
        next();
      });
    }
    router.use((request, _response, next) => {
      if (request.routes && plain.has(request.path)) found.set(request.path, request.routes);
      request.routes ??= behind.filter((route) => route.takes?.(request)).slice(0, 1);
      next();
    });
    return router;
  }

  /** @throws Error where something else added a route, of which nobody said who may call it */
  onApplicationBootstrap(): void {
    const { router } = this.adapter.httpAdapter.getInstance<Express>();
    const known = new Set(this.routes.map(({ method, path }) => `${method} ${path}`));
    for (const { route } of router.stack) {
      for (const { method } of route?.stack ?? []) {
        const name = `${method.toUpperCase()} ${route?.path}`;
        if (!known.has(name) && !known.has(`ALL ${route?.path}`)) throw new Error(`The route ${name} has no policy.`);
      }
    }
  }

  private routesOf(controller: Type): Route[] {
    const prototype = controller.prototype as Record<string, object>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name] as object;
      const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
      if (paths === undefined) return [];
      const policy = readPolicy(controller, handler);
      if (policy === undefined) throw new Error(`${controller.name}.${name} has no policy: say who may call it, with @Access().`);
      const method = RequestMethod[(Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined) ?? RequestMethod.GET];
      const isStream = Reflect.getMetadata(SSE_METADATA, handler) === true;
      const prefix = Reflect.getMetadata(PATH_METADATA, controller) as string;
      return [paths].flat().map((path): Route => ({ method, path: join(prefix, path), handler: `${controller.name}.${name}`, policy, isStream }));
    });
  }
}

/** As Nest joins the paths of a class and of its method. */
function join(...parts: string[]): string {
  const pieces = parts.flatMap((part) => part.split('/')).filter(Boolean);
  return `/${pieces.join('/')}`;
}
