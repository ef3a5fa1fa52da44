import { copyText } from '../copy-text';
import { sanitise } from './sanitise';

/** Puts a bar with the language and a copy button over a `pre`. */
export function frameCode(pre: HTMLPreElement): HTMLElement {
  const code = pre.querySelector('code');
  const info = code?.title || languageOf(code);
  code?.removeAttribute('title');
  const frame = element('div', 'code-frame');
  const bar = element('div', 'code-bar');
  const name = element('span', 'code-language');
  name.textContent = info || 'text';
  bar.append(
    name,
    copyButton(() => code?.textContent ?? ''),
  );
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', info ? `${info} code` : 'code');
  pre.replaceWith(frame);
  frame.append(bar, pre);
  return frame;
}

/** Colours a framed block when the browser has time. */
export function colourCode(frame: HTMLElement): void {
  const code = frame.querySelector('code');
  const language = languageOf(code);
  if (!code || !language) return;
  whenIdle(async () => {
    const { highlight } = await import('./highlight');
    const html = highlight(code.textContent ?? '', language);
    if (html !== undefined) code.replaceChildren(sanitise(html));
  });
}

function languageOf(code: Element | null): string {
  const mark = Array.from(code?.classList ?? []).find((name) => name.startsWith('language-'));
  return mark?.slice('language-'.length) ?? '';
}

function copyButton(text: () => string): HTMLButtonElement {
  const button = element('button', 'code-copy') as HTMLButtonElement;
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy code');
  button.addEventListener('click', async () => {
    button.textContent = (await copyText(text())) ? 'Copied' : 'Copying is not allowed here';
    setTimeout(() => (button.textContent = 'Copy'), 1_600);
  });
  return button;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function whenIdle(work: () => Promise<void>): void {
  const run = (): void => void work().catch(() => undefined);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 2_000 });
  else setTimeout(run, 50);
}
