import { jest } from '@jest/globals';
import { DraftStorage } from './draft';

describe('DraftStorage', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    sessionStorage.clear();
  });

  it('keeps what was written, each under its own name', () => {
    new DraftStorage('a').write('Half a thou');
    expect(new DraftStorage('a').read()).toBe('Half a thou');
    expect(new DraftStorage('b').read()).toBe('');
  });

  it('leaves nothing behind once it is empty', () => {
    const draft = new DraftStorage('a');
    draft.write('x');
    draft.write('');
    expect(sessionStorage.length).toBe(0);
  });

  it('does without a storage that is full or forbidden', () => {
    const refuse = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    const draft = new DraftStorage('a');
    draft.write('x');
    expect(draft.read()).toBe('');
  });
});
