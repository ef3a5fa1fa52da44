import { workMs } from '@tandem/testing/growth';
import { MarkdownView } from './markdown-view';
import * as renderer from './render-block';
import { sanitise } from './sanitise';

/** As much of a pattern as one block may have, and more. */
const of = (pattern: string, length: number): string => pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);
const indented = (length: number): string => Array.from({ length: length / 20 }, (_, n) => `${'  '.repeat(n)}- a\n`).join('');

const PATTERNS: readonly (readonly [string, (length: number) => string])[] = [
  ...['> ', '1. ', '- ', '- > ', '>', '* ', '1) > ', '*', '_', '*a', '*a_b', '**a*', 'a**b', '***a ', '_a_b', '~', '~~a '].map((it) => [it, (length: number) => of(it, length)] as const),
  ...['[', '![', '[a](', '![a](', ']', '[a][', '[*', '<', '<a ', '<a b="', '<div>', '</a ', '<!--', '`', '` `` ', '|', '|\n', '&', '&a;'].map((it) => [it, (length: number) => of(it, length)] as const),
  ...['www.', 'http://a', 'a@', '> a\nb\n', '- > a\n', '> ```\na\n', '> - a\nb\n', '[a]: b\n', '- a\n* b\n', '-\n', '#', '\\', '\t'].map((it) => [it, (length: number) => of(it, length)] as const),
  ['a list item of many lines', (length) => `- a\n${of(' a\n', length)}`],
  ['a lazy list item', (length) => `- ${of('a\n', length)}`],
  ['a list that goes ever deeper', indented],
  ['brackets that close', (length) => of('[', length / 2) + of(']', length / 2)],
  ['links in each other', (length) => `${of('[', length / 8)}a${of('](x)', length / 2)}`],
  ['a link that is spaces', (length) => `[a](${of(' ', length)}`],
  ['a tag that is spaces', (length) => `<a${of(' ', length)}x`],
  ['spaces between words', (length) => `a${of(' ', length)}b`],
  ['a heading of spaces', (length) => `# a${of(' ', length)}#b`],
  ['a long mailbox', (length) => `${of('a.', length)}@b`],
  ['a long address', (length) => `http://a${of('&a;', length)}`],
  ['backticks, ever more of them', (length) => Array.from({ length: Math.sqrt(length * 2) }, (_, n) => `${'`'.repeat(n)}a`).join('')],
  ['a table of many columns', (length) => ['|a', '|-', '|b'].map((cell) => `${of(cell, length / 3)}|\n`).join('')],
  ['a table of short rows', (length) => ['|a', '|-'].map((cell) => `${cell.repeat(Math.sqrt(length))}|\n`).join('') + of('|b\n', length)],
  ['blank lines in open code', (length) => `\`\`\`\n${of('\n', length)}x`],
]; // prettier-ignore

const AFTER = '\n\n\n```\ndone\n```\n\nAnd *after*.\n';

/** About as many as one block may have. */
const ELEMENTS = 2_900;

/**
 * Longest work in one go that a test puts up with, in milliseconds of this thread: twice what it takes here to make safe as many elements
 * as one block may have, since jsdom takes many times a browser's, and each machine its own.
 */
const MOST_MS = 2 * workMs(() => sanitise('<div class="definition">[a]: b</div>'.repeat(ELEMENTS)));

function setup() {
  const host = document.createElement('div');
  const view = new MarkdownView(host, renderer, { nowMs: () => 0, later: (work) => work() });
  return { host, view };
}

type Show = (text: string, isComplete: boolean) => void;

/**
 * What comes of some work in a view that renders one block at a time, and the longest of those times. What else the machine does is not
 * counted; where it took too long it is done again, three times at most, since the collector may have been at work.
 */
function measured(work: (show: Show) => void, tries = 3): { readonly host: HTMLElement; readonly longestMs: number } {
  const host = document.createElement('div');
  const steps: (() => void)[] = [];
  let clock = 0;
  let longestMs = 0;
  const view = new MarkdownView(host, renderer, { nowMs: () => (clock += 1_000), later: (work) => steps.push(work) });
  const run = (step: () => void): void => {
    const before = process.threadCpuUsage().user;
    step();
    longestMs = Math.max(longestMs, (process.threadCpuUsage().user - before) / 1000);
  };
  work((text, isComplete) => {
    run(() => view.show(text, isComplete));
    for (let step = steps.shift(); step; step = steps.shift()) run(step);
  });
  return longestMs < MOST_MS || tries === 1 ? { host, longestMs } : measured(work, tries - 1);
}

describe('hostile markdown', () => {
  it.each(PATTERNS)('%j is shown, and what comes after it is rendered', (_, make) => {
    for (const length of [3_000, 8_000, 15_000, 40_000]) {
      const { host, longestMs } = measured((show) => show(make(length) + AFTER, true));
      expect(host.lastElementChild?.textContent?.trim()).toMatch(/after|done/);
      expect(longestMs).toBeLessThan(MOST_MS);
    }
  });

  it.each(PATTERNS)('%j holds nothing up while it grows', (_, make) => {
    const text = make(9_000);
    const { host, longestMs } = measured((show) => {
      for (let length = 0; length < text.length; length += 300) show(text.slice(0, length), false);
      show(text + AFTER, true);
    });
    expect(host.textContent).toContain('after');
    expect(longestMs).toBeLessThan(MOST_MS);
  });

  it.each([
    ['quotes', '> '.repeat(4_000)],
    ['lists', '1. '.repeat(2_500)],
    ['emphasis', '*a **a '.repeat(2_000)],
    ['brackets', '['.repeat(50_000)],
  ])('shows %s in each other as the text they are', (_, text) => {
    const { host, view } = setup();
    view.show(`Before.\n\n${text}\n\n**After**.\n`, true);
    expect(Array.from(host.children, ({ textContent }) => textContent)).toEqual(['Before.\n', text.trimEnd(), 'After.\n']);
    expect(host.querySelector('strong')?.textContent).toBe('After');
  });

  it('shows a block as text, whatever it is that throws', () => {
    const host = document.createElement('div');
    const fail = (): never => {
      throw new Error('broken');
    };
    const view = new MarkdownView(host, {
      renderBlock: (block, source) => (source.includes('odd') ? fail() : renderer.renderBlock(block, source)),
      renderTail: fail,
    });
    view.show('One.\n\nodd *two*\n\nThr', false);
    view.show('One.\n\nodd *two*\n\nThree.\n', true);
    expect(Array.from(host.children, ({ textContent }) => textContent?.trim())).toEqual(['One.', 'odd *two*', 'Three.']);
  });

  it('renders a long answer piece by piece', () => {
    const host = document.createElement('div');
    let nowMs = 0;
    const later: (() => void)[] = [];
    const view = new MarkdownView(
      host,
      { renderBlock: (block, source) => void ((nowMs += 5), (block.textContent = source)), renderTail: () => undefined },
      { nowMs: () => nowMs, later: (work) => later.push(work) },
    );
    view.show('a\n\n'.repeat(7), true);
    expect(host.children).toHaveLength(3);
    later.shift()?.();
    later.shift()?.();
    expect(host.children).toHaveLength(7);
    expect(later).toEqual([]);
  });

  it('renders no more when it is closed', () => {
    const host = document.createElement('div');
    let nowMs = 0;
    const later: (() => void)[] = [];
    const view = new MarkdownView(
      host,
      { renderBlock: () => void (nowMs += 20), renderTail: () => undefined },
      { nowMs: () => nowMs, later: (work) => later.push(work) },
    );
    view.show('a\n\n'.repeat(7), true);
    view.close();
    later.shift()?.();
    expect(host.children).toHaveLength(1);
  });

  it('keeps long code in its frame', () => {
    const { host, view } = setup();
    view.show(`\`\`\`js\n${'const a = 1;\n'.repeat(4_000)}\`\`\`\n\nEnd.\n`, true);
    expect(host.querySelector('.code-language')?.textContent).toBe('js');
    expect(host.querySelector('pre')?.textContent).toBe('const a = 1;\n'.repeat(4_000));
    expect(host.lastElementChild?.textContent?.trim()).toBe('End.');
  });
});
