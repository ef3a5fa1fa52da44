import { escapeHtml } from '@tandem/api/http';

/** No brackets, quotes or asterisks, which Markdown puts around addresses. */
const ADDRESS = /https?:\/\/[^\s<>"'`*()[\]{}|\\^]+/gi;
const BEHIND = '.,;:!?';

interface Address {
  /** Its place in the text, in UTF-16 characters. */
  readonly from: number;
  readonly to: number;
  /** For an attribute. */
  readonly href: string;
}

/** The addresses in a text that can be followed. */
export function* addressesIn(text: string): Generator<Address> {
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    if (URL.canParse(address)) yield { from: index, to: index + address.length, href: escapeHtml(address) };
  }
}

/** Text whose addresses can be followed; everything else in it is text. */
export function textWithLinks(text: string): string {
  let html = '';
  let at = 0;
  for (const { from, to, href } of addressesIn(text)) {
    html += `${escapeHtml(text.slice(at, from))}<a href="${href}" rel="noopener noreferrer">${href}</a>`;
    at = to;
  }
  return html + escapeHtml(text.slice(at));
}

/** What stands behind an address at the end of a sentence is not part of it. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  while (BEHIND.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}
