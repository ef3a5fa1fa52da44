import type { AddressInfo } from 'node:net';
import { All, Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { furnishHttp } from '../furnish-http';
import { HttpModule } from '../http.module';
import { Access, BodySize, Errors, UnknownFields } from './route-policy';
import { RouteTable } from './route-table';

const open: NestExpressApplication[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

async function setup(controller: Type) {
  @Module({ imports: [HttpModule], controllers: [controller] })
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  open.push(app);
  return app;
}

@Controller('things')
@Access('token')
@UnknownFields('ignored')
class Things {
  @Get('*id')
  one() {
    return { one: true };
  }

  @Post('*id/do')
  @Access('admin')
  @BodySize('prompt')
  do() {
    return { done: true };
  }

  @All(['', '*rest'])
  @Errors('openai')
  nothing() {
    return { nothing: true };
  }
}

describe('RouteTable', () => {
  it('reads what a handler says, and else its class', async () => {
    const { routes } = (await setup(Things)).get(RouteTable);
    expect(routes.map(({ method, path, policy: { access, body, errors } }) => [method, path, access, body, errors])).toEqual([
      ['GET', '/things/*id', 'token', 'small', 'tandem'],
      ['POST', '/things/*id/do', 'admin', 'prompt', 'tandem'],
      ['ALL', '/things', 'token', 'small', 'openai'],
      ['ALL', '/things/*rest', 'token', 'small', 'openai'],
    ]);
  });

  it('stops the start where nobody said who may call a route', async () => {
    @Controller('open')
    class Open {
      @Get()
      read() {
        return {};
      }
    }
    const app = await setup(Open);
    expect(() => furnishHttp(app)).toThrow('Open.read has no policy');
  });

  it('stops the start where a route came by another way', async () => {
    const app = await setup(Things);
    furnishHttp(app);
    app.getHttpAdapter().get('/beside', () => undefined);
    await expect(app.init()).rejects.toThrow('The route GET /beside has no policy');
  });

  it.each([
    ['GET', '/things/a/b', 200],
    ['get', '/THINGS/a/', 200],
    ['POST', '/things/a/b/do', 201],
    ['PUT', '/things/a', 405],
    ['PUT', '/things', 200],
    ['GET', '/elsewhere', 404],
    ['GET', '/things/%ff', 400],
  ])('answers %s %s with %i, as the router that it asks does', async (method, path, status) => {
    const app = await setup(Things);
    furnishHttp(app);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status).toBe(status);
  });
});
