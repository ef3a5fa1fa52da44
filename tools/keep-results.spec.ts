import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Kept {
  readonly file: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly string[];
  readonly seconds: number;
}

interface Reporter {
  onTestFileStart(test: { path: string }): void;
  onTestFileResult(test: { path: string }, result: object): void;
}

const root = join(import.meta.dirname, '..');
const {
  default: KeepResults,
  forgetResults,
  keptResults,
} = (await import(join(root, 'tools/keep-results.mjs'))) as {
  default: new (globalConfig: object, options: { results: string }) => Reporter;
  forgetResults(results: string): void;
  keptResults(results: string): { readonly over: readonly Kept[]; readonly unfinished: readonly string[] };
};

const test = (file: string) => ({ path: join(root, file) });
const result = (...statuses: string[]) => ({
  numPassingTests: statuses.filter((status) => status === 'passed').length,
  numPendingTests: statuses.filter((status) => status === 'pending').length,
  testResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })),
  perfStats: { start: 1_000, end: 3_500 },
});

describe('the results of a run', () => {
  let folder: string;
  let results: string;
  let reporter: Reporter;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-results-'));
    results = join(folder, 'deep', 'results.jsonl');
    reporter = new KeepResults({}, { results });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are known of each file that is over, and which never were', () => {
    for (const file of ['a.spec.ts', 'b.spec.ts', 'c.spec.ts']) reporter.onTestFileStart(test(file));
    reporter.onTestFileResult(test('c.spec.ts'), result('passed', 'failed', 'pending', 'passed'));
    reporter.onTestFileResult(test('a.spec.ts'), result('passed'));
    expect(keptResults(results)).toEqual({
      over: [
        { file: 'a.spec.ts', passed: 1, skipped: 0, failed: [], seconds: 2.5 },
        { file: 'c.spec.ts', passed: 2, skipped: 1, failed: ['test 1'], seconds: 2.5 },
      ],
      unfinished: ['b.spec.ts'],
    });
  });

  it('name a file that could not run at all', () => {
    reporter.onTestFileResult(test('a.spec.ts'), { ...result(), failureMessage: 'SyntaxError' });
    expect(keptResults(results).over).toEqual([expect.objectContaining({ passed: 0, failed: ['a.spec.ts'] })]);
  });

  it('are none before a run, whatever an earlier one kept', () => {
    reporter.onTestFileStart(test('a.spec.ts'));
    forgetResults(results);
    expect(keptResults(results)).toEqual({ over: [], unfinished: [] });
  });
});
