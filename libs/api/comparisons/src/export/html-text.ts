const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it stands, for a place between tags or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);
}

/** No brackets, quotes or asterisks, which Markdown puts around addresses. */
const ADDRESS = /https?:\/\/[^\s<>"'`*()[\]{}|\\^]+/gi;
const BEHIND = '.,;:!?';

/** Text whose addresses can be followed; everything else in it is text. */
export function textWithLinks(text: string): string {
  let html = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const href = URL.canParse(address) ? escapeHtml(address) : undefined;
    html +=
      escapeHtml(text.slice(at, index)) +
      (href === undefined ? escapeHtml(found) : `<a href="${href}" rel="noopener noreferrer">${href}</a>${escapeHtml(found.slice(address.length))}`);
    at = index + found.length;
  }
  return html + escapeHtml(text.slice(at));
}

/** What stands behind an address at the end of a sentence is not part of it. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  while (BEHIND.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}
