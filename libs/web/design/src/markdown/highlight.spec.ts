import { highlight } from './highlight';

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
    const before = process.cpuUsage().user;
    expect(highlight(pattern.repeat(12_000 / pattern.length), language)).toBeUndefined();
    expect(highlight(pattern.repeat(9_900 / pattern.length), language)).toBeUndefined();
    expect(process.cpuUsage().user - before).toBeLessThan(100_000);
  });

  it('takes little time for what it colours, whatever that is', () => {
    const line = 'a'.repeat(69);
    const before = process.cpuUsage().user;
    expect(highlight(`${line}\n`.repeat(140), 'java')).toBeDefined();
    expect(process.cpuUsage().user - before).toBeLessThan(400_000);
  });
});
