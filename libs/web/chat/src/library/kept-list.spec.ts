import { jest } from '@jest/globals';
import { KeptList } from './kept-list';

interface Thing {
  readonly id: string;
  readonly name: string;
}
const isThing = (value: unknown): value is Thing => typeof (value as Thing | null)?.name === 'string';
const open = (): KeptList<Thing> => new KeptList('things', isThing);
const [ONE, TWO, THREE] = ['one', 'two', 'three'].map((name) => ({ id: name, name })) as [Thing, Thing, Thing];

describe('KeptList', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => jest.restoreAllMocks());

  it('has what was put into it, on a page that is opened later', () => {
    const list = open();
    for (const thing of [ONE, TWO]) list.put(thing);
    list.put({ ...ONE, name: 'uno' });
    expect(open().items()).toEqual([{ id: 'one', name: 'uno' }, TWO]);
  });

  it('puts back what was removed, where it was', () => {
    const list = open();
    for (const thing of [ONE, TWO, THREE]) list.put(thing);
    const putBack = list.remove('two');
    expect(open().items()).toEqual([ONE, THREE]);
    putBack();
    putBack();
    expect(open().items()).toEqual([ONE, TWO, THREE]);
  });

  it('follows what another tab does', () => {
    const [here, there] = [open(), open()];
    there.put(ONE);
    dispatchEvent(new StorageEvent('storage', { key: 'other' }));
    expect(here.items()).toEqual([]);
    dispatchEvent(new StorageEvent('storage', { key: 'things' }));
    expect(here.items()).toEqual([ONE]);
  });

  it.each(['{', '{"id":"one"}', 'null'])('is empty where %s was kept', (text) => {
    localStorage.setItem('things', text);
    expect(open().items()).toEqual([]);
  });

  it('leaves out what it does not know', () => {
    localStorage.setItem('things', JSON.stringify([ONE, null, 5, { id: 'x' }]));
    expect(open().items()).toEqual([ONE]);
  });

  it('lasts as long as the page where the storage is full, and tells so until there is room', () => {
    const list = open();
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    list.put(ONE);
    expect([list.items(), list.isKept()]).toEqual([[ONE], false]);
    full.mockRestore();
    list.put(TWO);
    expect([open().items(), list.isKept()]).toEqual([[ONE, TWO], true]);
  });
});
