import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Ip, Module, Post, Query, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Access, AppLogger, BodySize, type Exchange, Exchanges, furnishHttp, HttpModule, type ServerLimits, UnknownFields } from '@tandem/api/http';
import type { ErrorBody } from '@tandem/shared/contracts';
import { type Closing, gate } from '@tandem/testing';
import { Observable } from 'rxjs';

/** More than the system takes off the server's hands. */
export const HUGE = 64 * 1024 * 1024;

@Controller()
@Access('public')
class Routes {
  @Get('api/ip')
  ip(@Ip() ip: string) {
    return { ip };
  }

  @Get('api/one')
  one(@Query('known') known: string | undefined) {
    return { known };
  }

  @Get('healthz')
  @UnknownFields('ignored')
  alive() {
    return { status: 'success' };
  }

  @Post('api/echo')
  @BodySize('prompt')
  echo(@Body() body: object) {
    return body;
  }

  @Post('api/bodiless')
  bodiless() {
    return { status: 'success' };
  }

  @Get('api/huge')
  huge() {
    return 'x'.repeat(HUGE);
  }

  @Get('api/later')
  async later() {
    await late.passed;
    return { status: 'success' };
  }

  @Sse('api/endless')
  endless() {
    return new Observable((subscriber) => subscriber.next({ data: 'first' }));
  }
}

/** When the answer that takes its time comes. */
export const late = gate();

@Module({ imports: [HttpModule], controllers: [Routes] })
class TestModule {}

export const lines: string[] = [];
/** One for all: what belongs to no request goes to the first there is. */
const logger = AppLogger.open({ level: 'warn', format: 'json' }, { write: (line: string) => void lines.push(line) });

/** A server with a route of each kind, held to these limits; `closing` is told how to end it. */
export async function startBoundedServer(closing: Closing, limits: Partial<ServerLimits> = {}) {
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  const exchanges: Exchange[] = [];
  app.get(Exchanges).ended.subscribe((exchange) => exchanges.push(exchange));
  let turnedAway = 0;
  app.get(Exchanges).turnedAway.subscribe(() => turnedAway++);
  lines.length = 0;
  furnishHttp(app, { limits, logger: await logger });
  await app.listen(0, '127.0.0.1');
  closing(() => app.close());
  const { port } = app.getHttpServer().address() as AddressInfo;
  const server = app.getHttpServer() as Server;
  const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
  return { port, origin: `http://127.0.0.1:${port}`, connections, exchanges, turnedAway: () => turnedAway };
}

export const head = (path: string, ...headers: string[]) => `${['GET ' + path + ' HTTP/1.1', 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;

/** The status and the error of a raw answer, which must be whole. */
export function errorIn(answer: string) {
  const [, status, length] = /^HTTP\/1\.1 (\d+) [\s\S]*?content-length: (\d+)/i.exec(answer) ?? [];
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  expect(Buffer.byteLength(body)).toBe(Number(length));
  expect(answer).toMatch(/content-type: application\/json/i);
  const { error, status: word } = JSON.parse(body) as ErrorBody;
  expect([word, /x-request-id: (.*)\r/i.exec(answer)?.[1]]).toEqual(['error', error.request_id]);
  return { status: Number(status), ...error };
}
