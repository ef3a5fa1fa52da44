import { Lexer, Marked, type Tokens } from 'marked';
import { BoundedTokenizer } from './bounded-tokenizer';
import { TooMuchWork, WorkBudget } from './work-budget';

const LIVE_SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** Longest run of spaces, in UTF-16 characters: some of the parser's expressions try each of them anew. */
const LONGEST_GAP = 500;

const GAPS = new Set([' ', '\t', '\u00a0'].map((character) => character.charCodeAt(0)));

/** What a block may take. */
export interface MarkdownLimits {
  /** That the parser reads. */
  readonly characters: number;
  /** That are made: each of them is checked, and laid out. */
  readonly elements: number;
}

/**
 * One block of markdown as HTML. HTML in the text is shown as the text it is; an image becomes a link to it, so that
 * nothing is fetched; a link that does not lead to a web page or a mailbox is dead text. Throws TooMuchWork beyond
 * the limits.
 */
export function markdownHtml(source: string, { characters, elements }: MarkdownLimits): string {
  if (hasLongGap(source)) throw new TooMuchWork();
  const tokenizer = new BoundedTokenizer(new WorkBudget(characters));
  const html = marked.parser(new Lexer({ ...marked.defaults, tokenizer }).lex(source));
  if (html.split('</').length > elements) throw new TooMuchWork();
  return html;
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

function hasLongGap(source: string): boolean {
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    length = GAPS.has(source.charCodeAt(at)) ? length + 1 : 0;
    if (length > LONGEST_GAP) return true;
  }
  return false;
}

function isLive(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && LIVE_SCHEMES.has(url.protocol);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
