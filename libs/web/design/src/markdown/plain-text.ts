/** Shows a text as it is; one that begins with what stands there already only has its rest appended. */
export function showPlain(host: HTMLElement, text: string): void {
  const shown = host.firstChild;
  if (host.classList.contains('plain') && shown instanceof Text) shown.appendData(text.slice(shown.length));
  else host.replaceChildren(document.createTextNode(text));
  host.classList.add('plain');
}

/**
 * Lets `render` fill `host` from a text; where that fails, whatever it is that does, the bare text shows. Whether it
 * could be done.
 */
export function orPlain(host: HTMLElement, text: string, render: () => void): boolean {
  try {
    host.classList.remove('plain');
    render();
  } catch {
    host.replaceChildren();
    showPlain(host, text);
  }
  return !host.classList.contains('plain');
}
