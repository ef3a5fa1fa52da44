import { RefusedCheckpoint } from '@tandem/import/formats';

/** One field of a message: a number of a varint or a float, or the bytes of something longer. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const FLOAT_BYTES = 4;
const DOUBLE_BYTES = 8;

/** The fields of one message, in order. Enough of the format for SentencePiece's; whatever is cut short is refused. */
export function* fieldsIn(message: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined || scale > 2 ** 63) throw damaged();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): number => {
    const from = at;
    if (length > message.length - at) throw damaged();
    at += length;
    return from;
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: view.getFloat64(take(DOUBLE_BYTES), true) };
        break;
      case 2: {
        const length = varint();
        const from = take(length);
        yield { number, value: message.subarray(from, from + length) };
        break;
      }
      case 5:
        yield { number, value: view.getFloat32(take(FLOAT_BYTES), true) };
        break;
      default:
        throw damaged();
    }
  }
}

function damaged() {
  return new RefusedCheckpoint('tokenizer', 'tokenizer.model is no SentencePiece model, or it is damaged.');
}
