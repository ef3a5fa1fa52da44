import { Marked, type Tokens } from 'marked';
import { escapeHtml } from './escape-html';
import { infoOfFence, languageOf } from './fenced-code';
import { FOOTNOTE_EXTENSIONS } from './footnotes';
import { FORMULA_EXTENSIONS } from './formula-tokens';
import { listHtml } from './list-html';

const LIVE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** Markdown as Tandem shows it. Its lexer needs a BoundedTokenizer. */
export const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [...FORMULA_EXTENSIONS, ...FOOTNOTE_EXTENSIONS],
  renderer: {
    html({ block, text }: Tokens.HTML | Tokens.Tag) {
      return block ? `<div class="as-written">${escapeHtml(text.trimEnd())}</div>` : escapeHtml(text);
    },
    heading({ tokens, depth }: Tokens.Heading) {
      return `<h3 class="heading-${depth}">${this.parser.parseInline(tokens)}</h3>`;
    },
    link({ href, title, tokens, raw }: Tokens.Link) {
      return isLive(href) ? anchor(href, title, this.parser.parseInline(tokens)) : escapeHtml(raw);
    },
    image({ href, title, text, raw }: Tokens.Image) {
      return isLive(href) ? anchor(href, title, `image: ${escapeHtml(text || href)}`) : escapeHtml(raw);
    },
    // whether something refers to it or not: it says where the answer comes from
    def({ href, raw }: Tokens.Def) {
      const text = escapeHtml(raw.trim());
      const address = escapeHtml(href);
      return `<div class="definition">${isLive(href) ? text.replace(address, () => `<a href="${address}">${address}</a>`) : text}</div>`;
    },
    list(list: Tokens.List) {
      return listHtml(list, (item) => this.listitem(item));
    },
    checkbox({ checked }: Tokens.Checkbox) {
      return checked ? '☑ ' : '☐ ';
    },
    code({ text, lang }: Tokens.Code) {
      const info = infoOfFence(lang ?? '');
      const language = languageOf(info);
      const marks = `${language ? ` class="language-${language}"` : ''}${info ? ` title="${escapeHtml(info)}"` : ''}`;
      return `<pre><code${marks}>${escapeHtml(text)}</code></pre>`;
    },
  },
});

function anchor(href: string, title: string | null | undefined, html: string): string {
  return `<a href="${escapeHtml(href)}"${title ? ` title="${escapeHtml(title)}"` : ''}>${html}</a>`;
}

function isLive(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && LIVE_SCHEMES.has(url.protocol);
}
