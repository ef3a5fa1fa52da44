import { Marked, type Tokens } from 'marked';

const LIVE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/**
 * One block of markdown as HTML. HTML in the text is shown as the text it is; an image becomes a link to it, so that
 * nothing is fetched; a link that does not lead to a web page or a mailbox is dead text.
 */
export function markdownHtml(source: string): string {
  return marked.parse(source, { async: false });
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html({ text }: Tokens.HTML | Tokens.Tag) {
      return escapeHtml(text);
    },
    heading({ tokens, depth }: Tokens.Heading) {
      return `<h3 class="heading-${depth}">${this.parser.parseInline(tokens)}</h3>`;
    },
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return isLive(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
    },
    image({ href, text }: Tokens.Image) {
      const label = `image: ${escapeHtml(text || href)}`;
      return isLive(href) ? `<a href="${escapeHtml(href)}">${label}</a>` : label;
    },
    checkbox({ checked }: Tokens.Checkbox) {
      return checked ? '☑ ' : '☐ ';
    },
    code({ text, lang }: Tokens.Code) {
      const language = /^[\w+#.-]{1,24}/.exec(lang ?? '')?.[0] ?? '';
      const mark = language ? ` class="language-${language.toLowerCase()}"` : '';
      return `<pre><code${mark}>${escapeHtml(text)}</code></pre>`;
    },
  },
});

function isLive(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && LIVE_SCHEMES.has(url.protocol);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
