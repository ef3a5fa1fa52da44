// A reporter for jest: what a test file gave is kept as soon as it is over, so that a run that hangs, or is ended, has told the rest.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RESULTS = join(root, 'tmp', 'jest-results.jsonl');

export default class KeepResults {
  #results;

  constructor(_globalConfig, { results = RESULTS } = {}) {
    this.#results = results;
    mkdirSync(dirname(results), { recursive: true });
  }

  onTestFileStart({ path }) {
    this.#keep({ file: relative(root, path) });
  }

  onTestFileResult({ path }, { numPassingTests: passed, numPendingTests: skipped, testResults, failureMessage, perfStats }) {
    const file = relative(root, path);
    const broken = testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    const failed = broken.length === 0 && failureMessage ? [file] : broken;
    this.#keep({ file, passed, skipped, failed, seconds: (perfStats.end - perfStats.start) / 1000 });
  }

  #keep(line) {
    appendFileSync(this.#results, `${JSON.stringify(line)}\n`);
  }
}

/** Before a run, so that nothing of an earlier one is counted with it. */
export function forgetResults(results = RESULTS) {
  rmSync(results, { force: true });
}

/** What a run kept: of the files that are over what they gave, and the paths of those that only began. */
export function keptResults(results = RESULTS) {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').trimEnd().split('\n') : [];
  const files = [...new Map(lines.map((line) => JSON.parse(line)).map((kept) => [kept.file, kept])).values()];
  return { over: files.filter(({ failed }) => failed), unfinished: files.filter(({ failed }) => !failed).map(({ file }) => file) };
}
