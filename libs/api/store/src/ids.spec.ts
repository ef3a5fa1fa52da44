import { cursorAfter, idInCursor, pageOf } from './cursor';
import { Ids, isId, madeAtMs } from './ids';
import { requireStorable } from './storable';

describe('an id', () => {
  it('is a UUID of version 7 that says when it was made', () => {
    const id = new Ids(() => 1_764_340_000_123).next();
    expect(isId(id)).toBe(true);
    expect(madeAtMs(id)).toBe(1_764_340_000_123);
  });

  it('comes after those before it, within a millisecond and when the clock is set back', () => {
    let now = 1_764_340_000_000;
    const ids = new Ids(() => now);
    const made = Array.from({ length: 10_000 }, (_, number) => {
      if (number === 9_000) now -= 5_000;
      return ids.next();
    });
    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(made.length);
    expect(made.every(isId)).toBe(true);
  });
});

describe('a cursor', () => {
  const ids = new Ids();
  const id = ids.next();

  it('leads back to its id', () => expect(idInCursor(cursorAfter(id))).toBe(id));

  it.each(['', 'x', id, `${cursorAfter(id)}=`, Buffer.from('elsewhere').toString('base64url')])('is refused where it is none of ours: %s', (cursor) => {
    expect(() => idInCursor(cursor)).toThrow('cursor: must be the next_cursor of an earlier answer.');
  });

  it('is there where more rows were read than fit', () => {
    const read = [{ id: ids.next() }, { id: ids.next() }];
    expect(pageOf(read, 1)).toEqual({ rows: [read[0]], next: cursorAfter(read[0]?.id ?? '') });
    expect(pageOf(read, 2)).toEqual({ rows: read, next: null });
    expect(pageOf([], 1)).toEqual({ rows: [], next: null });
  });
});

describe('what can be kept', () => {
  it.each([
    [{ title: 'a\0b' }, 'title'],
    [{ turns: [{ prompt: 'fine' }, { prompt: '\ud83d' }] }, 'turns[1].prompt'],
    [{ identity: { 'a\udc00': 1 } }, 'identity'],
  ])('is whole text: %j names %s', (value, param) => {
    expect(() => requireStorable(value)).toThrow(expect.objectContaining({ code: 'invalid_request', param }));
  });

  it('is every other text', () => {
    expect(() => requireStorable({ title: '👩‍👩‍👧 良い \u0001', list: [1, null, true, ['x']] })).not.toThrow();
  });
});
