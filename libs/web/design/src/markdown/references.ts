/** Labels and addresses that a text may define: more are text. */
const MOST = 500;

const DEFINITION =
  /^ {0,3}\[(?!\^)((?:[^[\]\\\n]|\\[^\n]){1,200})\]:[ \t]*(?:<([^<>\n]{0,2000})>|([^\s<]\S{0,1999}))(?:[ \t]+(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'|\(([^()\n]{0,500})\)))?[ \t]*(?:\n|$)/;
const FOOTNOTE = /^ {0,3}\[\^([^\]\s]{1,60})\]:/;
const LABEL = /\[([^[\]\n]{1,200})\]/g;

export interface Definition {
  readonly raw: string;
  readonly label: string;
  readonly href: string;
  readonly title: string | undefined;
}

/** The definition of a link that a text begins with: one line. */
export function definitionAt(source: string): Definition | undefined {
  const [raw, label, bracketed, bare, ...titles] = DEFINITION.exec(source) ?? [];
  if (raw === undefined || label === undefined || label.trim() === '') return undefined;
  return { raw, label, href: bracketed ?? bare ?? '', title: titles.find((title) => title !== undefined) };
}

/** The mark that a text begins with, when it is a footnote. */
export function footnoteAt(source: string): { readonly raw: string; readonly label: string } | undefined {
  const [raw, label] = FOOTNOTE.exec(source) ?? [];
  return raw === undefined || label === undefined ? undefined : { raw, label };
}

/** What a text defines for all of its blocks: where reference links lead, and which footnotes there are. Of two, the first counts. */
export class References {
  /** By label, as the parser asks for them. */
  readonly links: Record<string, { readonly href: string; readonly title: string | undefined }> = Object.create(null);
  private readonly order = new Map<string, number>();

  get size(): number {
    return this.order.size;
  }

  hasFootnote(label: string): boolean {
    return this.order.has(keyOf(`^${label}`));
  }

  /** Takes what a block defines. */
  add(source: string): void {
    if (!definitionAt(source) && !footnoteAt(source)) return;
    for (const line of source.split('\n')) {
      const footnote = footnoteAt(line);
      if (footnote) this.define(`^${footnote.label}`);
      const definition = definitionAt(line);
      if (definition && this.define(definition.label)) this.links[keyOf(definition.label)] = definition;
    }
  }

  /** Whether a block refers to what was not yet defined when there were `known` of them. */
  changes(source: string, known: number): boolean {
    if (known === this.size) return false;
    for (const [, label = ''] of source.matchAll(LABEL)) if ((this.order.get(keyOf(label)) ?? -1) >= known) return true;
    return false;
  }

  private define(label: string): boolean {
    const key = keyOf(label);
    if (this.order.has(key) || this.order.size >= MOST) return false;
    this.order.set(key, this.order.size);
    return true;
  }
}

function keyOf(label: string): string {
  return label.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}
