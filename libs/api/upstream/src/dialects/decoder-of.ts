import type { Decoder, Reading } from './decoder';
import type { Framing } from './dialect';
import { LineDecoder } from './line-decoder';
import { PlainTextDecoder } from './plain-text-decoder';
import { TemplateReader } from './template-reader';

export function decoderOf(framing: Framing, { read, take }: Reading): Decoder {
  switch (framing) {
    case 'events':
      return new TemplateReader({ read, take });
    case 'lines':
      return new LineDecoder((event) => take(read(event)));
    case 'text':
      return new PlainTextDecoder(({ data }) => take([{ kind: 'text', text: data, reasoning: false }]));
    default:
      return framing satisfies never;
  }
}
