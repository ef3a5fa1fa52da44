import { jest } from '@jest/globals';
import highlighter from 'highlight.js/lib/core';
import { workMs } from '@tandem/testing/growth';
import { highlight } from './highlight';

/** Processor time: 60 ms is what it takes at the limits, and seconds without them. */
const MOST_MS = 600;
const CODE = 'export function sum(numbers: readonly number[]): number {\n  return numbers.reduce((a, b) => a + b, 0);\n}\n\n';

describe('highlight', () => {
  it('colours code as people write it', () => {
    expect(highlight(CODE.repeat(80), 'typescript')).toContain('hljs-keyword');
  });

  it.each(['shell', 'sh', 'console', 'kotlin', 'kt', 'py', 'js', 'ts', 'html', 'yml'])('knows %s', (language) => {
    expect(highlight('if (a) "b" # c', language)).toBeDefined();
  });

  it('leaves what it does not know as it is', () => {
    expect(highlight('x', 'nothing')).toBeUndefined();
  });

  it.each([
    ['java', '$'],
    ['java', 'a'],
    ['python', '0'],
    ['typescript', 'a'],
    ['cpp', 'Ab'],
    ['yaml', '{"a":'],
  ])('leaves %s of nothing but %j plain rather than hold up the page', (language, pattern) => {
    const colour = jest.spyOn(highlighter, 'highlight');
    expect(highlight(pattern.repeat(12_000 / pattern.length), language)).toBeUndefined();
    expect(highlight(pattern.repeat(9_900 / pattern.length), language)).toBeUndefined();
    expect(colour).not.toHaveBeenCalled();
    colour.mockRestore();
  });

  it('takes no time for what it colours that would hold up the page, whatever that is', () => {
    const code = `${'a'.repeat(69)}\n`.repeat(140);
    expect(highlight(code, 'java')).toBeDefined();
    expect(workMs(() => highlight(code, 'java'), MOST_MS)).toBeLessThan(MOST_MS);
  });
});
