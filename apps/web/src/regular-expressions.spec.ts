import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workMs } from '@tandem/testing/growth';
import ts from 'typescript';

/** Longest text of each kind, in UTF-16 characters. */
const LENGTH = 50_000;
/** Processor time: an expression that backtracks takes over half a second for such a text, another hardly a millisecond. */
const MOST_MS = 300;

const PIECES = [
  ' ',
  '\t',
  '\n',
  '\r',
  '`',
  '~',
  '-',
  '- ',
  '1',
  '1.',
  '1. ',
  '*',
  '#',
  '_',
  'a',
  'a ',
  'a_',
  ' a_',
  '.',
  '.1',
  '/',
  '/a',
  '//',
  '=',
  ' =',
  '|',
  ' 1 %',
  '\u0301',
  '<',
  '>',
  '<think>',
  '</think>',
  'file://',
  'hljs-',
  'language-',
  'https:',
];
const BEGINNINGS = ['', 'a', '- ', '/', 'hljs-a', 'language-a', '.'];
const ENDINGS = ['', 'x', '\n', '/', '!'];
const TEXTS = PIECES.flatMap((piece) => BEGINNINGS.flatMap((beginning) => ENDINGS.map((ending) => beginning + piece.repeat(LENGTH / piece.length) + ending)));

/** Every expression that the page's own code writes, by its place. */
function expressionsIn(folders: readonly string[]): readonly (readonly [string, RegExp])[] {
  const root = process.cwd();
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root })).filter((file) => !/\.spec\.ts$|testing/.test(file));
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
    const found: (readonly [string, RegExp])[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        found.push([`${file}: ${node.text}`, new RegExp(node.text.slice(1, end), node.text.slice(end + 1))]);
      }
      ts.forEachChild(node, look);
    };
    look(source);
    return found;
  });
}

describe('every regular expression of the page', () => {
  const expressions = expressionsIn(['libs/web', 'libs/shared', 'apps/web/src']);

  it('is looked at', () => expect(expressions.length).toBeGreaterThan(20));

  it.each(expressions)('%s takes no longer for a text that is made for it', (_, expression) => {
    for (const text of TEXTS) expect(workMs(() => text.replace(expression, ''), MOST_MS)).toBeLessThan(MOST_MS);
  });
});
