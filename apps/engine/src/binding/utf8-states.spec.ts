import { BETWEEN, BROKEN, isContinuation, STATES, stateAfter } from './utf8-states';

const decoder = new TextDecoder('utf-8', { fatal: true });

function isText(bytes: readonly number[]): boolean {
  try {
    decoder.decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

describe('the states of UTF-8', () => {
  it('agree with the decoder on every sequence of up to three bytes', () => {
    const disagreements: string[] = [];
    for (let first = 1; first < 256; first++) {
      for (let second = 1; second < 256; second++) {
        for (const bytes of [[first], [first, second], [first, second, 0x80], [first, second, 0xbf], [first, second, 0x41]]) {
          if ((stateAfter(BETWEEN, Uint8Array.from(bytes)) === BETWEEN) !== isText(bytes)) disagreements.push(Buffer.from(bytes).toString('hex'));
        }
      }
    }
    expect(disagreements).toEqual([]);
  });

  it.each([
    ['a character of four bytes', 'f09f9880', BETWEEN],
    ['one that is spelled too long', 'e09fbf', BROKEN],
    ['one that is spelled too long in four bytes', 'f08fbfbf', BROKEN],
    ['half a surrogate pair', 'eda080', BROKEN],
    ['one above the last', 'f4908080', BROKEN],
    ['a byte that begins nothing', 'f8', BROKEN],
    ['NUL', '00', BROKEN],
  ])('know %s', (_, hex, state) => expect(stateAfter(BETWEEN, Buffer.from(hex, 'hex'))).toBe(state));

  it('go on within a character with its further bytes only', () => {
    for (const state of STATES.slice(1)) {
      for (let byte = 0; byte < 256; byte++) if (stateAfter(state, Uint8Array.of(byte)) !== BROKEN) expect(isContinuation(byte)).toBe(true);
    }
  });
});
