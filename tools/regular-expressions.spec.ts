import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** In a process of its own the judge takes seconds, within jest minutes. */
const JUDGED_MS = 180_000;

const root = join(import.meta.dirname, '..');
const TESTS = /\.(?:spec|suite)\.ts$|\/testing\/|^apps\/web-e2e\//;
const files = globSync('{libs,apps}/**/*.ts', { cwd: root }).filter((file) => !TESTS.test(file));

/** Files that put an expression together while they run, of texts that hold nothing to repeat. */
const MADE_AT_RUN_TIME = [
  'apps/engine/src/template/marks.ts',
  'libs/api/endpoint/src/look-alike.ts',
  'libs/api/upstream/src/dialects/complaint.ts',
  'libs/import/families/src/models/hf-deepseek.ts',
  'libs/shared/thoughts/src/stage.ts',
];

interface Found {
  readonly file: string;
  readonly place: string;
  /** Undefined where it is made at run time. */
  readonly literal: string | undefined;
}

function expressionsIn(file: string): Found[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const place = () => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, place: place(), literal: node.text });
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
      found.push({ file, place: place(), literal: undefined });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const expressions = files.flatMap(expressionsIn);
const repeating = expressions.flatMap(({ place, literal = '' }) => {
  const end = literal.lastIndexOf('/');
  return /[*+]|\{\d+,/.test(literal) ? [[place, literal.slice(1, end), literal.slice(end + 1)] as const] : [];
});

/** What is wrong with some expressions. */
function judge(asked: readonly (readonly [place: string, source: string, flags: string])[]): readonly string[] {
  const input = asked.map((expression) => `${JSON.stringify(expression)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/judge-expressions.mjs')], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('Every regular expression of the server, the engine and the page', () => {
  it('is written down, but for some that are put together of plain texts', () => {
    const made = expressions.filter(({ literal }) => literal === undefined).map(({ file }) => file);
    expect([...new Set(made)].sort()).toEqual(MADE_AT_RUN_TIME);
  });

  it(
    'takes time that grows with the length of the text only',
    () => {
      expect(repeating.length).toBeGreaterThan(50);
      expect(judge(repeating)).toEqual([]);
    },
    JUDGED_MS,
  );

  it.each(['"(?:[^"\\\\]|\\\\.)*"', ' +$', '^(a+)+$', '^\\d+\\.?\\d*$'])('would be found out if it were /%s/', (source) => {
    expect(judge([['here', source, '']])).toHaveLength(1);
  });
});
