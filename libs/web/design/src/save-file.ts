/** Hands a text to the browser as a download. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What of a title can be a part of a file's name, in UTF-16 characters. */
const LONGEST_TITLE = 200;

/** A title as the name of a file, on every system. */
export function fileName(title: string, ending: string): string {
  const words = title
    .slice(0, LONGEST_TITLE)
    .normalize('NFKD')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const name = words.join('-').toLowerCase().slice(0, 60);
  return `${name || 'conversation'}.${ending}`;
}
