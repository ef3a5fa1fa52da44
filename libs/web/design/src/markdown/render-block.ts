import { colourCode, frameCode } from './code-block';
import { fencedCode } from './fenced-code';
import { type BlockContext, markdownHtml } from './markdown-html';
import { orPlain } from './plain-text';
import { sanitise } from './sanitise';
import { typesetFormulas } from './typeset';
import { TooMuchWork } from './work-budget';

/** A longer block that is no code is shown as plain text: rendering it in one go would hold up the page. In UTF-16 characters. */
const LONGEST = 16_000;

/** What a block may take, and one that grows, which is rendered anew with every token. */
const ONCE = { characters: 1_500_000, elements: 3_000 };
const AGAIN = { characters: 600_000, elements: 800 };

/** Fills `host` with a settled block of markdown; with the bare text where that cannot be rendered in good time. */
export function renderBlock(host: HTMLElement, source: string, context?: BlockContext): void {
  orPlain(host, source.trimEnd(), () => {
    if (source.length > LONGEST) return renderLong(host, source);
    host.replaceChildren(sanitise(markdownHtml(source, ONCE, context)));
    for (const pre of host.querySelectorAll('pre')) colourCode(frameCode(pre));
    frameTables(host);
    direct(host);
    typesetFormulas(host);
  });
}

/** Fills `host` with a block that still grows: the same, without what would be thrown away with the next token. */
export function renderTail(host: HTMLElement, source: string, context?: BlockContext): void {
  orPlain(host, source, () => {
    host.replaceChildren(sanitise(markdownHtml(source, AGAIN, context)));
    for (const pre of host.querySelectorAll('pre')) frameCode(pre);
    frameTables(host);
    direct(host);
    typesetFormulas(host);
  });
}

function renderLong(host: HTMLElement, source: string): void {
  const code = fencedCode(source);
  if (!code) throw new TooMuchWork();
  host.replaceChildren(code);
  frameCode(code);
}

/**
 * A part reads in the direction of its first letter, and with it its bullets, bars and columns; what is in it by the
 * style sheet, line by line. Said of each, a list would not look into its items. Code always reads from left to right.
 */
function direct(host: HTMLElement): void {
  for (const part of Array.from(host.children)) if (!part.matches('.code-frame, .formula-block')) (part as HTMLElement).dir = 'auto';
  for (const code of host.querySelectorAll<HTMLElement>('pre, code, .formula, .formula-block')) code.dir = 'ltr';
}

function frameTables(host: HTMLElement): void {
  for (const table of host.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.className = 'table-frame';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', 'table');
    table.replaceWith(frame);
    frame.append(table);
  }
}
