import { PAGE, type WebFiles } from './web-files';

/** Stands in the page where each answer's own nonce comes. */
const NONCE = '{{nonce}}';
const ROOT_BASE = '<base href="/"';

/** What the build says each room of the page needs besides what all need. */
const CHUNKS = 'route-chunks.json';

/** What the browser is shown: one of the page's rooms, or what none of them is. */
export type Room = 'compare' | 'chat' | 'models' | 'comparisons' | 'runs' | 'none';
export type Page = (room: Room, nonce: string) => string;

/** The page under a path, for each answer's room and nonce. It finds its files and the API from its base. */
export function createPage(basePath: string, files: WebFiles): Page {
  const html = pageAt(basePath, withHeadInline(files));
  const chunks = { none: [], ...(JSON.parse(files.read(CHUNKS)) as Record<Exclude<Room, 'none'>, readonly string[]>) };
  const pageOf = (room: Room) => pageWithNonce(withChunksAhead(html, chunks[room]));
  const pages = {
    compare: pageOf('compare'),
    chat: pageOf('chat'),
    models: pageOf('models'),
    comparisons: pageOf('comparisons'),
    runs: pageOf('runs'),
    none: pageOf('none'),
  };
  return (room, nonce) => pages[room](nonce);
}

/** Begins to fetch what the room will ask for once the page runs. */
function withChunksAhead(html: string, names: readonly string[]): string {
  return html.replace('</head>', () => `${names.map((name) => `<link rel="modulepreload" href="${name}">`).join('')}</head>`);
}

/** The page with its styles and its theme's script in it: what the first paint needs comes with the first answer. */
function withHeadInline(files: WebFiles): string {
  const html = files.read(PAGE);
  const [link, sheet] = /<link rel="stylesheet" href="([\w.-]+\.css)">/.exec(html) ?? [];
  const [script, theme] = /<script src="(theme\.js)"><\/script>/.exec(html) ?? [];
  if (!link || !sheet || !script || !theme) throw new Error('index.html has no styles or no theme');
  return html
    .replace(script, () => `<script nonce="${NONCE}">${files.read(theme)}</script>`)
    .replace(link, () => `<style nonce="${NONCE}">${files.read(sheet)}</style>`);
}

function pageAt(basePath: string, html: string): string {
  if (!html.includes(ROOT_BASE)) throw new Error('index.html has no base');
  return html.replace(ROOT_BASE, `<base href="${basePath}/"`);
}

/** Angular gives the nonce to the styles of its components, without which the browser would refuse them. */
function pageWithNonce(html: string): (nonce: string) => string {
  const pieces = html.replace('<tandem-root>', `<tandem-root ngCspNonce="${NONCE}">`).split(NONCE);
  return (nonce) => pieces.join(nonce);
}
