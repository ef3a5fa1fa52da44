import { answer } from '../testing/records';
import { isMadeElsewhere, SILENT_MS } from './standing';

describe('isMadeElsewhere', () => {
  const begun = (writtenAtMs: number) => answer('a1', 'q0', 'x', { end: null, writer: 'another', writtenAtMs });

  it.each([
    [0, true],
    [SILENT_MS - 1, true],
    [SILENT_MS, false],
    [-86_400_000, false],
  ])('is told by when it was last written: %d ms ago: %s', (agoMs, expected) => {
    expect(isMadeElsewhere(begun(1_000_000_000 - agoMs), 1_000_000_000)).toBe(expected);
  });
});
