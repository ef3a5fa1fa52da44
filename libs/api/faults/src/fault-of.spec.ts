import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import express, { type NextFunction, type Request, type Response } from 'express';
import { Fault } from './fault';
import { faultOf } from './fault-of';

const closers: (() => void | Promise<void>)[] = [];
const closeLater = (close: () => void | Promise<void>): void => void closers.push(close);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What Express throws at a request to a real server, as a fault. */
async function faultOfExpress(path: string, init: RequestInit = {}): Promise<Fault> {
  let found: unknown;
  const app = express()
    .use(express.json({ limit: 10 }))
    .get('/things/:name', (_request, response) => void response.end())
    .use((thrown: unknown, _request: Request, response: Response, _: NextFunction) => {
      found = thrown;
      response.end();
    });
  const server = app.listen(0, '127.0.0.1');
  closeLater(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  return faultOf(found);
}

const post = (body: string, type = 'application/json'): RequestInit => ({ method: 'POST', body, headers: { 'Content-Type': type } });

describe('faultOf', () => {
  it('takes our own faults as they are', () => {
    const fault = new Fault('queue_full', 'Full.');
    expect(faultOf(fault)).toBe(fault);
  });

  it('says of an address without a route where the API is described', () => {
    const fault = faultOf(new NotFoundException('Cannot GET /api/modles'));
    expect(fault).toMatchObject({ code: 'not_found', status: 404 });
    expect(fault.message).toContain('(Cannot GET /api/modles)');
    expect(fault.message).toContain('/api/docs');
  });

  it.each([
    [400, 'invalid_request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [405, 'method_not_allowed'],
    [408, 'request_timeout'],
    [409, 'conflict'],
    [413, 'payload_too_large'],
    [415, 'unsupported_media_type'],
    [421, 'misdirected_request'],
    [429, 'rate_limited'],
    [431, 'headers_too_large'],
  ])('names what Nest refused with %d %s, in its words and with its status', (status, code) => {
    expect(faultOf(new HttpException('Its own words.', status))).toMatchObject({ code, status, message: 'Its own words.' });
  });

  it.each([
    ['a failure of Nest’s', new HttpException('Secret.', 500)],
    ['a status that nobody here gives', new HttpException('Secret.', 418)],
    ['a bug', new TypeError('Secret is not a function')],
    ['what is no error at all', 'Secret'],
    ['nothing', undefined],
  ])('keeps %s to itself, as an internal error', (_, thrown) => {
    const fault = faultOf(thrown);
    expect(fault).toMatchObject({ code: 'internal_error', status: 500, cause: thrown });
    expect(fault.message).not.toContain('Secret');
  });

  it('looks behind what Nest made of another’s refusal', () => {
    const tooLarge = Object.assign(new Error('request entity too large'), { status: 413 });
    expect(faultOf(new BadRequestException('Bad Request', { cause: tooLarge }))).toMatchObject({ code: 'payload_too_large' });
  });

  it('says what is wrong with an address that cannot be decoded', () => {
    expect(faultOf(new URIError('URI malformed'))).toMatchObject({
      code: 'invalid_request',
      message: 'The address holds a malformed percent-encoding.',
    });
  });

  it.each([
    ['a malformed address', '/things/%ff', {}, 'invalid_request'],
    ['a body that is no JSON', '/', post('{"a":'), 'invalid_request'],
    ['a body that is too large', '/', post('{"a":"12345"}'), 'payload_too_large'],
    ['a charset that nobody reads', '/', post('{}', 'application/json; charset=latin1'), 'unsupported_media_type'],
  ])('reads what Express says of %s', async (_, path, init, code) => {
    const fault = await faultOfExpress(path, init);
    expect(fault.code).toBe(code);
    expect(fault.message).not.toContain('JSON at position');
  });
});
