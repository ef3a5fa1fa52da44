import { colourCode, frameCode } from './code-block';
import { markdownHtml } from './markdown-html';
import { sanitise } from './sanitise';

/** A longer block is shown as plain text: rendering it in one go would hold up the page. In UTF-16 characters. */
const LONGEST = 24_000;

/** Fills `host` with a settled block of markdown. */
export function renderBlock(host: HTMLElement, source: string): void {
  if (source.length > LONGEST) {
    host.classList.add('plain');
    host.textContent = source.trimEnd();
    return;
  }
  host.classList.remove('plain');
  host.replaceChildren(sanitise(markdownHtml(source)));
  for (const pre of host.querySelectorAll('pre')) colourCode(frameCode(pre));
  frameTables(host);
}

/** Fills `host` with a block that still grows: the same, without what would be thrown away with the next token. */
export function renderTail(host: HTMLElement, source: string): void {
  host.replaceChildren(sanitise(markdownHtml(source)));
  for (const pre of host.querySelectorAll('pre')) frameCode(pre);
  frameTables(host);
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
