import { parseEnvironment } from '@tandem/api/config';
import type { Client } from '@tandem/api/http';
import type { CookieOptions, Request, Response } from 'express';
import { Voters } from './voters';

interface Given {
  readonly name: string;
  readonly value: string;
  readonly options: CookieOptions;
}

function setup(variables: Record<string, string> = {}) {
  const voters = new Voters(parseEnvironment(variables));
  /** Who votes, and the cookies that were given. */
  const ask = (cookie?: string, { sentBy, secure = false }: { sentBy?: Partial<Client>; secure?: boolean } = {}) => {
    const given: Given[] = [];
    const request = { headers: cookie === undefined ? {} : { cookie }, secure, ...(sentBy ? { sentBy } : {}) } as unknown as Request;
    const response = { cookie: (name: string, value: string, options: CookieOptions) => given.push({ name, value, options }) } as unknown as Response;
    return { voter: voters.voterOf(request, response), given };
  };
  return { voters, ask };
}

const COOKIE = `tandem_voter=${'a'.repeat(22)}`;

describe('a voter without a token', () => {
  it('is given a cookie that no script reads and no other site sends', () => {
    const { given } = setup().ask();
    expect(given).toEqual([
      {
        name: 'tandem_voter',
        value: expect.stringMatching(/^[\w-]{22}$/),
        options: { httpOnly: true, sameSite: 'strict', secure: false, path: '/', maxAge: 365 * 24 * 3_600_000 },
      },
    ]);
  });

  it('is the one who comes back with it, and is given no other', () => {
    const { ask } = setup();
    const first = ask();
    const again = ask(`theme=dark; tandem_voter=${first.given[0]?.value}`);
    expect(again).toEqual({ voter: first.voter, given: [] });
  });

  it('is another than whoever comes without', () => {
    const { ask } = setup();
    const all = Array.from({ length: 20 }, () => ask());
    expect(new Set(all.map(({ voter }) => voter)).size).toBe(20);
    expect(new Set(all.map(({ given }) => given[0]?.value)).size).toBe(20);
  });

  it.each([
    '',
    'tandem_voter=',
    'tandem_voter=short',
    `tandem_voter=${'a'.repeat(23)}`,
    `tandem_voter=${'%'.repeat(22)}`,
    `voter=${'a'.repeat(22)}`,
    'a;;=;\u0000',
  ])('is given a cookie where it brings %j', (cookie) => {
    expect(setup().ask(cookie).given).toHaveLength(1);
  });

  it('has a cookie that goes over TLS alone where it came over it, and to this server’s path alone', () => {
    const { ask } = setup({ TANDEM_BASE_PATH: '/tandem' });
    expect(ask(undefined, { secure: true }).given[0]?.options).toMatchObject({ secure: true, path: '/tandem' });
  });

  it('is kept as a checksum, which does not tell the cookie', () => {
    const { voter } = setup().ask(COOKIE);
    expect(voter).toMatch(/^[\w-]{43}$/);
    expect(voter).not.toContain('aaaa');
  });

  it('is greeted with a cookie before it votes', () => {
    const given: string[] = [];
    setup().voters.greet({ headers: {} } as Request, { cookie: (name: string) => given.push(name) } as unknown as Response);
    expect(given).toEqual(['tandem_voter']);
  });
});

describe('a voter with a token', () => {
  it.each(['member', 'admin'] as const)('is whom it stands for, as %s, wherever it comes from, and is given no cookie', (role) => {
    const { ask } = setup();
    const one = ask(COOKIE, { sentBy: { role, owner: 'one', key: 'one 127.0.0.1' } });
    const elsewhere = ask(undefined, { sentBy: { role, owner: 'one', key: 'one 10.0.0.1' } });
    const other = ask(COOKIE, { sentBy: { role, owner: 'other', key: 'other 127.0.0.1' } });
    expect(elsewhere).toEqual({ voter: one.voter, given: [] });
    expect(one.given).toEqual([]);
    expect(other.voter).not.toBe(one.voter);
  });

  it('is nobody whom a cookie could stand for', () => {
    const { ask } = setup();
    const owner = 'a'.repeat(22);
    expect(ask(undefined, { sentBy: { role: 'member', owner } }).voter).not.toBe(ask(COOKIE, { sentBy: { role: 'anyone', owner } }).voter);
  });
});
