import { type Tokens } from 'marked';
import { itemMarker } from './line-shapes';

/**
 * A list with the numbers that were written. One that begins with the same number twice leaves the counting to
 * markdown, and so does one whose `start` is not its first number: it goes on with such a list.
 */
export function listHtml(list: Tokens.List, itemHtml: (item: Tokens.ListItem) => string): string {
  if (!list.ordered) return `<ul>${list.items.map(itemHtml).join('')}</ul>`;
  const markers = list.items.map(({ raw }) => itemMarker(raw.split('\n', 1)[0] ?? ''));
  const written = markers.map((marker) => marker?.number);
  const first = list.start === '' ? 1 : list.start;
  const isCounted = first !== written[0] || written[0] === written[1];
  const items = list.items.map((item, at) => {
    const number = isCounted ? undefined : written[at];
    const follows = at === 0 || number === undefined || number === (written[at - 1] ?? 0) + 1;
    return follows ? itemHtml(item) : itemHtml(item).replace('<li>', `<li value="${number}">`);
  });
  const marks = `${first === 1 ? '' : ` start="${first}"`}${markers[0]?.kind === ')' ? ' class="parenthesised"' : ''}`;
  return `<ol${marks}>${items.join('')}</ol>`;
}
