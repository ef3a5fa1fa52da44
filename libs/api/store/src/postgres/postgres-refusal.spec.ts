import { LASTING_MS, PASSING_MS, StoreFull } from '../refusal';
import { postgresRefusal } from './postgres-refusal';
import { PostgresDatabase } from './postgres-database';

const judged = (error: object) => postgresRefusal(Object.assign(new Error(), error), 'db:5432/tandem');

describe('an error of PostgreSQL', () => {
  it.each([
    [{ code: '08006' }, 'the connection broke'],
    [{ code: '25006' }, 'it takes no writes: name the primary server in DATABASE_URL'],
    [{ code: '28P01' }, 'it does not let this user in: correct DATABASE_URL'],
    [{ code: '3D000' }, 'the database does not exist: make it, or correct DATABASE_URL'],
    [{ code: '53100' }, 'its disk is full: make room'],
    [{ code: '53300' }, 'it has run out of memory or connections'],
    [{ code: '57P03' }, 'it is shutting down or starting up'],
    [{ code: '58030' }, 'it cannot read or write its files'],
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'it cannot be reached (ECONNREFUSED)'],
    [{ code: 'EPIPE' }, 'it cannot be reached (EPIPE)'],
    [{ message: 'Connection terminated unexpectedly' }, 'it cannot be reached'],
    [{ message: 'timeout exceeded when trying to connect' }, 'it cannot be reached'],
    [{ message: 'The server does not support SSL connections' }, 'it cannot be reached'],
  ])('of the server says what is wrong, and soon tries again: %j', (error, reason) => {
    expect(judged(error)).toMatchObject({ message: `PostgreSQL at db:5432/tandem: ${reason}`, retryMs: PASSING_MS });
  });

  it.each([
    ['53100', true],
    ['53300', false],
    ['58030', false],
  ])('leaves what is there to be read where there is only no room for more: %s', (code, isFull) => {
    expect(judged({ code }) instanceof StoreFull).toBe(isFull);
  });

  it('of missing rights is somebody’s to mend', () => {
    expect(judged({ code: '42501' })).toMatchObject({ message: expect.stringContaining('give it the rights'), retryMs: LASTING_MS });
  });

  it.each([{ code: '23505' }, { code: '42P01' }, { code: '22P02' }, { code: '40001' }, { message: 'no result' }])(
    'of the query is left to who asked it: %j',
    (error) => {
      expect(judged(error)).toBeUndefined();
    },
  );

  it.each([undefined, null, 'no'])('is none where %p was thrown', (thrown) => {
    expect(postgresRefusal(thrown, 'db')).toBeUndefined();
  });
});

describe('where PostgreSQL is', () => {
  it.each([
    ['postgres://someone:secret@db:5432/tandem?sslmode=require', 'db:5432/tandem'],
    ['postgresql://someone:p%40ss@[::1]/tandem', '[::1]/tandem'],
  ])('is told without who asks, and how: %s', (url, place) => {
    expect(new PostgresDatabase(url).place).toBe(place);
  });
});
