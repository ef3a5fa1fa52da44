import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { Controller, Get, Global, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ENVIRONMENT, parseEnvironment, TokenFile } from '@tandem/api/config';
import { Access, AnswerQuota, clientOf, CountsAs, furnishHttp, HttpModule, Page } from '@tandem/api/http';
import { closeAfterEach } from '@tandem/testing';
import type { Request } from 'express';
import { AccessControl } from './access-control';
import { AccessModule } from './access.module';
import { furnishAccess } from './furnish-access';

@Controller()
class Rooms {
  @Get('hall')
  @Access('public')
  @CountsAs('nothing')
  hall(@Req() asked: Request) {
    return clientOf(asked);
  }

  @Get('parlour')
  @Access('token')
  @Page()
  parlour(@Req() asked: Request) {
    return clientOf(asked);
  }

  @Post('vault')
  @HttpCode(200)
  @Access('admin')
  vault(@Req() asked: Request) {
    return clientOf(asked);
  }

  @Post('answers')
  @HttpCode(200)
  @Access('token')
  @CountsAs('answer')
  answers(@Req() asked: Request) {
    return clientOf(asked);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Record<string, unknown> & { readonly error?: { readonly code: string; readonly message: string } };
}

const closeLater = closeAfterEach();

/** A server with these settings; `.env` is a file of the test's. */
async function setup(variables: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-access-'));
  closeLater(() => rmSync(folder, { recursive: true }));
  const file = join(folder, '.env');
  class EnvironmentModule {}
  Global()(EnvironmentModule);
  const providers = [
    { provide: ENVIRONMENT, useValue: parseEnvironment(variables) },
    { provide: TokenFile, useValue: new TokenFile(file, {}) },
  ];
  Module({ providers, exports: [ENVIRONMENT, TokenFile] })(EnvironmentModule);
  class TestModule {}
  Module({ imports: [HttpModule, EnvironmentModule, AccessModule], controllers: [Rooms] })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false, forceCloseConnections: true });
  closeLater(() => app.close());
  furnishHttp(app, { gate: furnishAccess });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const ask = (line: string, headers: Record<string, string> = {}, body?: object) =>
    new Promise<Answer>((resolve, reject) => {
      const [method, path] = line.split(' ');
      const text = body === undefined ? '' : JSON.stringify(body);
      const type = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(text.length) };
      request({ port, host: '127.0.0.1', method, path, headers: { ...type, ...headers } }, async (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: (await json(response)) as Answer['body'] });
      })
        .on('error', reject)
        .end(text);
    });
  const signIn = async (token: string) => {
    const { headers } = await ask('POST /api/session', {}, { token });
    return { Cookie: String(headers['set-cookie']).split(';', 1)[0] ?? '' };
  };
  return { app, ask, signIn, control: app.get(AccessControl), quota: app.get(AnswerQuota), write: (text: string) => writeFileSync(file, text) };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const TOKENS = { ACCESS_TOKENS: 'one-token,other-token', ADMIN_TOKEN: 'admin-token' };

describe('who may come in', () => {
  it.each([
    ['GET /hall', undefined, 200],
    ['GET /parlour', undefined, 401],
    ['GET /parlour', 'one-token', 200],
    ['GET /parlour', 'admin-token', 200],
    ['GET /parlour', 'wrong-token', 401],
    ['POST /vault', undefined, 401],
    ['POST /vault', 'one-token', 401],
    ['POST /vault', 'admin-token', 200],
    ['GET /nowhere', undefined, 401],
    ['GET /nowhere', 'one-token', 404],
  ])('%s with %p: %d', async (line, token, status) => {
    const { ask } = await setup(TOKENS);
    const answer = await ask(line, token === undefined ? {} : bearer(token));
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([status, status === 401 ? 'Bearer realm="Tandem"' : undefined]);
  });

  it('is everyone where there are no tokens, and for an admin’s things whoever has a token where there is no admin', async () => {
    const open = await setup();
    expect(await Promise.all(['GET /parlour', 'POST /vault'].map(async (line) => (await open.ask(line)).status))).toEqual([200, 200]);
    const shared = await setup({ ACCESS_TOKENS: 'one-token' });
    expect((await shared.ask('POST /vault')).status).toBe(401);
    expect((await shared.ask('POST /vault', bearer('one-token'))).status).toBe(200);
  });
});

describe('who it is', () => {
  it('is an address where nothing was shown: what a request claims of itself makes it nobody else', async () => {
    const { ask } = await setup();
    const { body } = await ask('GET /hall', { 'X-Forwarded-For': '10.1.2.3', ...bearer('any-token') });
    expect(body).toEqual({ key: '127.0.0.1', owner: '127.0.0.1', role: 'anyone' });
  });

  it('is for its answers the token, and for limits the token at an address; neither tells the token', async () => {
    const { ask } = await setup(TOKENS);
    const [one, other, admin] = await Promise.all(
      ['one-token', 'other-token', 'admin-token'].map(async (token) => (await ask('GET /hall', bearer(token))).body),
    );
    expect(one?.['key']).toBe(`${String(one?.['owner'])} 127.0.0.1`);
    expect([one?.['role'], other?.['role'], admin?.['role']]).toEqual(['member', 'member', 'admin']);
    expect(new Set([one, other, admin].map((body) => body?.['owner'])).size).toBe(3);
    expect(JSON.stringify([one, other, admin])).not.toMatch(/(one|other|admin)-token/);
  });

  it('is by a session whoever signed in, and by a token before any cookie', async () => {
    const { ask, signIn } = await setup(TOKENS);
    const cookie = await signIn('one-token');
    const { body: signedIn } = await ask('GET /hall', cookie);
    const { body: shown } = await ask('GET /hall', bearer('one-token'));
    expect(signedIn).toEqual({ ...shown, session: expect.any(String) });
    expect((await ask('GET /hall', { ...cookie, ...bearer('admin-token') })).body).toMatchObject({ role: 'admin' });
  });
});

describe('who may not go on', () => {
  it('is a session that signed out, and no other of the same token', async () => {
    const { ask, signIn } = await setup(TOKENS);
    const [one, other] = [await signIn('one-token'), await signIn('one-token')];
    expect((await ask('DELETE /api/session', one)).body).toMatchObject({ required: true, signed_in: false });
    expect([(await ask('GET /parlour', one)).status, (await ask('GET /parlour', other)).status]).toEqual([401, 200]);
  });

  it('is whoever has a token that was taken out of .env, by token or by session', async () => {
    const { ask, signIn, control, write } = await setup(TOKENS);
    const [gone, stays] = [await signIn('one-token'), await signIn('other-token')];
    write('ACCESS_TOKENS=other-token\nADMIN_TOKEN=admin-token\n');
    await control.look();
    const statuses = await Promise.all(
      [gone, bearer('one-token'), stays, bearer('other-token')].map(async (shown) => (await ask('GET /parlour', shown)).status),
    );
    expect(statuses).toEqual([401, 401, 200, 200]);
  });

  it('is nobody new where the last token is taken away: nothing opens', async () => {
    const { ask, control, write } = await setup(TOKENS);
    write('');
    await control.look();
    expect([(await ask('GET /parlour')).status, (await ask('POST /vault')).status]).toEqual([401, 401]);
  });
});

describe('who guesses', () => {
  it('is told so ten times, then to wait; a right token gets in from the same address all the same', async () => {
    const { ask } = await setup(TOKENS);
    const guess = async (number: number) => (await ask('GET /parlour', bearer(`guess-${number}`))).status;
    const statuses: number[] = [];
    for (let number = 0; number < 12; number += 1) statuses.push(await guess(number));
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect((await ask('GET /parlour', bearer('one-token'))).status).toBe(200);
  });

  it('counts as one who signs in with a wrong token, too', async () => {
    const { ask } = await setup(TOKENS);
    for (let number = 0; number < 10; number += 1) await ask('GET /parlour', bearer('guess'));
    const { status, headers } = await ask('POST /api/session', {}, { token: 'guess' });
    expect([status, Number(headers['retry-after']) >= 1]).toEqual([429, true]);
  });

  it('is nobody where no token is needed: other servers’ clients send one of their own', async () => {
    const { ask } = await setup();
    for (let number = 0; number < 12; number += 1) expect((await ask('GET /parlour', bearer('sk-elsewhere'))).status).toBe(200);
  });
});

describe('how much one may ask', () => {
  it('is so many requests a minute, of which probes are none', async () => {
    const { ask } = await setup({ RATE_LIMIT_PER_MINUTE: '2' });
    for (let number = 0; number < 4; number += 1) expect((await ask('GET /hall')).status).toBe(200);
    const statuses = [await ask('GET /parlour'), await ask('GET /parlour'), await ask('GET /parlour')].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask('GET /parlour')).body.error).toMatchObject({ code: 'rate_limited', message: expect.stringContaining('More than 2 requests') });
  });

  it('is so many answers at once, counted by whoever makes them; what is no answer still comes', async () => {
    const { ask, quota } = await setup({ MAX_STREAMS_PER_CLIENT: '1' });
    const giveBack = quota.take({ key: '127.0.0.1', owner: '127.0.0.1', role: 'anyone' });
    expect([(await ask('POST /answers')).status, (await ask('GET /parlour')).status]).toEqual([429, 200]);
    giveBack();
    expect((await ask('POST /answers')).status).toBe(200);
  });
});

describe('from where', () => {
  it.each([
    ['localhost', 200],
    ['LOCALHOST.:8080', 200],
    ['[::1]:8080', 200],
    ['tandem.example', 200],
    ['tandem.example:9999', 200],
    ['other.example', 421],
    ['a.tools.example:8443', 200],
    ['a.b.tools.example:8443', 200],
    ['a.tools.example', 421],
    ['tools.example:8443', 421],
    ['eviltools.example:8443', 421],
    ['tandem.example.evil.example', 421],
  ])('a request for the host %p is answered with %d', async (Host, status) => {
    const { ask } = await setup({ ALLOWED_HOSTS: 'tandem.example,*.tools.example:8443' });
    expect((await ask('GET /hall', { Host })).status).toBe(status);
  });

  it.each([
    ['a program', {}, 'POST /answers', 200],
    ['an own page', { 'Sec-Fetch-Site': 'same-origin' }, 'POST /answers', 200],
    ['another site’s script', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }, 'GET /parlour', 403],
    ['another site’s link to a page', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }, 'GET /parlour', 200],
    [
      'another site’s link to what is no page',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
      'GET /hall',
      403,
    ],
    ['another site’s frame', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }, 'GET /parlour', 403],
    ['another site in an old browser', { Origin: 'https://evil.example' }, 'POST /answers', 403],
    ['a named origin', { Origin: 'https://named.example', 'Sec-Fetch-Site': 'cross-site' }, 'POST /answers', 200],
  ])('%s: %j %s is answered with %d', async (_, headers, line, status) => {
    const { ask } = await setup({ CORS_ORIGINS: 'https://named.example' });
    expect((await ask(line, headers as unknown as Record<string, string>)).status).toBe(status);
  });
});
