import { LASTING_MS, PASSING_MS, StoreFull } from '../refusal';
import { openingRefusal, sqliteRefusal } from './sqlite-refusal';
import { SqliteError, SqliteThreadEnded } from './sqlite-thread';

const judged = (errcode: number) => sqliteRefusal(new SqliteError({ message: 'as SQLite says it', errcode }), '/data');

describe('an error of SQLite', () => {
  it.each([
    [5, 'another process holds the file in /data', PASSING_MS],
    [6, 'another process holds the file in /data', PASSING_MS],
    [8, '/data cannot be written to: let the user that Tandem runs as write there, or set DATA_DIR to another folder', PASSING_MS],
    [10, 'reading or writing in /data failed: look at the disk', PASSING_MS],
    [11, 'the file in /data is damaged and was left as it is: put a backup in its place, or move it away', LASTING_MS],
    [13, 'the disk with /data is full: make room', PASSING_MS],
    [14, 'the file in /data cannot be opened: let the user that Tandem runs as read and write it, or set DATA_DIR to another folder', PASSING_MS],
    [-1, 'the file in /data was removed or replaced while it was in use: what comes is kept in a new one, or in what is there now', PASSING_MS],
    [26, 'the file in /data is damaged and was left as it is: put a backup in its place, or move it away', LASTING_MS],
  ])('of the file or the disk (%i) says what to do, and when to try again', (errcode, message, retryMs) => {
    expect(judged(errcode)).toMatchObject({ message, retryMs, cause: { errcode } });
  });

  it('leaves what is there to be read where there is only no room for more', () => {
    expect([5, 8, 10, 13].filter((errcode) => judged(errcode) instanceof StoreFull)).toEqual([13]);
  });

  it.each([1, 2, 4, 9, 17, 18, 19, 20, 21, 25])('of the query (%i) is left to who asked it', (errcode) => {
    expect(judged(errcode)).toBeUndefined();
  });

  it('is none of the file where a value could not be handed over', () => {
    expect(sqliteRefusal(new SqliteError({ message: 'Value is too large.', errcode: undefined }), '/data')).toBeUndefined();
  });

  it('is the thread’s where that has ended', () => {
    expect(sqliteRefusal(new SqliteThreadEnded(), '/data')).toMatchObject({ message: 'the thread that holds the file has ended', retryMs: PASSING_MS });
  });

  it('is none where another one was thrown', () => {
    expect(sqliteRefusal(Object.assign(new Error('disk full'), { errcode: 13 }), '/data')).toBeUndefined();
    expect(sqliteRefusal(undefined, '/data')).toBeUndefined();
  });
});

describe('a file that was not opened', () => {
  it.each([
    ['in_use', 'another Tandem keeps its data in /data', 2_000],
    ['foreign', 'the file in /data was not made by Tandem and was left as it is', LASTING_MS],
    ['newer', 'the file in /data was written by a later release of Tandem and was left as it is: run that release', LASTING_MS],
    ['damaged', 'the file in /data is damaged and was left as it is', LASTING_MS],
  ] as const)('says why: %s', (refusal, sentence, retryMs) => {
    expect(openingRefusal({ refusal }, '/data')).toMatchObject({ message: expect.stringContaining(sentence), retryMs });
  });

  it('says of an error what it would say later, and of one that it does not know that there is one', () => {
    const error = { message: 'as SQLite says it', errcode: 13 };
    expect(openingRefusal({ refusal: 'error', error }, '/data')).toMatchObject({ message: 'the disk with /data is full: make room' });
    expect(openingRefusal({ refusal: 'error', error: { ...error, errcode: 1 } }, '/data')).toMatchObject({ message: 'the file in /data cannot be used' });
  });

  it('says why the thread could not be started', () => {
    const error = { message: 'Cannot find module.', errcode: undefined };
    expect(openingRefusal({ refusal: 'error', error }, '/data')).toMatchObject({ message: 'Cannot find module', retryMs: PASSING_MS });
  });

  it('is none that was', () => expect(openingRefusal({ refusal: 'none' }, '/data')).toBeUndefined());
});
