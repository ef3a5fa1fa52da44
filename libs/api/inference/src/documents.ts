import { createHash } from 'node:crypto';

/** Everything that a checkpoint of another format may need beside it, and more: a change of it is a reason to look again. */
export const DOCUMENT = /\.(?:json|ya?ml|model|pkl|jinja)$/i;
const YAML = /\.ya?ml$/i;

interface Document {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly identity: string;
}

/** The documents in a folder and its subfolders, by where they stand. */
export class Documents {
  private readonly byFolder = new Map<string, Document[]>();
  private readonly known = new Map<string, string>();

  constructor(documents: readonly Document[]) {
    for (const document of documents) {
      const folder = folderOf(document.name);
      const known = this.byFolder.get(folder);
      if (known === undefined) this.byFolder.set(folder, [document]);
      else known.push(document);
    }
  }

  has(name: string): boolean {
    return this.in(folderOf(name)).some((document) => document.name === name);
  }

  /** Changes with what stands beside the files of a folder: in it, and in `configs/` there and in every folder above. */
  identityOf(folder: string): string {
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    const hash = createHash('sha1');
    for (const { name, identity } of this.in(folder)) hash.update(`${name} ${identity}\n`);
    for (let above: string | null = folder; above !== null; above = folderAbove(above)) {
      for (const { name, identity } of this.in(`${above}configs/`)) if (YAML.test(name)) hash.update(`${name} ${identity}\n`);
    }
    const identity = hash.digest('hex');
    this.known.set(folder, identity);
    return identity;
  }

  private in(folder: string): readonly Document[] {
    return this.byFolder.get(folder) ?? [];
  }
}

/** With a `/` at its end; empty for the folder itself. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

function folderAbove(folder: string): string | null {
  return folder === '' ? null : folderOf(folder.slice(0, -1));
}
