import type { ConverterMessage } from '@tandem/shared/converter-protocol';

/** A converter says about fifty lines of some hundred characters. */
const MAX_LINES = 1_000;
const MAX_CHARACTERS = 256 * 1024;
const MAX_SENTENCE_CHARACTERS = 1_000;

/** Reads what a converter says, and no more than it may say. Whoever made it ends a converter that `onNonsense` is called for. */
export class ConverterLines {
  private rest = '';
  private lines = 0;
  private characters = 0;

  constructor(
    private readonly onMessage: (message: ConverterMessage) => void,
    private readonly onNonsense: () => void,
  ) {}

  take(text: string): void {
    this.characters += text.length;
    if (this.characters > MAX_CHARACTERS) return this.onNonsense();
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = ++this.lines > MAX_LINES ? null : messageOf(line);
      if (message === null) return this.onNonsense();
      this.onMessage(message);
    }
  }
}

function messageOf(line: string): ConverterMessage | null {
  const said = parsed(line);
  switch (said['type']) {
    case 'progress': {
      const { writtenBytes, totalBytes } = said;
      return isCount(writtenBytes) && isCount(totalBytes) && totalBytes > 0 ? { type: 'progress', writtenBytes, totalBytes } : null;
    }
    case 'converted':
      return isCount(said['bytes']) ? { type: 'converted', bytes: said['bytes'] } : null;
    case 'refused':
      return typeof said['kind'] === 'string' && typeof said['message'] === 'string'
        ? { type: 'refused', kind: said['kind'], message: sentence(said['message']) }
        : null;
    default:
      return null;
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function sentence(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, MAX_SENTENCE_CHARACTERS);
}
