import type { GgufNumberType, GgufValue } from '@tandem/import/formats';

/** Metadata of a GGUF in the making. Keys of the architecture are given without its name. */
export class Metadata {
  readonly entries = new Map<string, GgufValue>();

  constructor(readonly architecture: string) {
    this.text('general.architecture', architecture).text('general.type', 'model').number('general.quantization_version', 2);
  }

  text(key: string, value: string): this {
    return this.set(key, { type: 'string', value });
  }

  texts(key: string, value: readonly string[]): this {
    return this.set(key, { type: 'array', of: 'string', value });
  }

  flag(key: string, value: boolean): this {
    return this.set(key, { type: 'bool', value });
  }

  number(key: string, value: number, type: GgufNumberType = 'u32'): this {
    return this.set(key, { type, value });
  }

  numbers(key: string, value: readonly number[], of: GgufNumberType): this {
    return this.set(key, { type: 'array', of, value });
  }

  /** A whole number of the architecture; nothing where there is none. */
  count(key: string, value: number | undefined): this {
    return value === undefined ? this : this.number(`${this.architecture}.${key}`, value);
  }

  /** A fraction of the architecture. */
  real(key: string, value: number | undefined): this {
    return value === undefined ? this : this.number(`${this.architecture}.${key}`, value, 'f32');
  }

  /** A list of switches of the architecture. */
  flags(key: string, value: readonly boolean[]): this {
    return this.set(`${this.architecture}.${key}`, { type: 'array', of: 'bool', value });
  }

  private set(key: string, value: GgufValue): this {
    this.entries.set(key, value);
    return this;
  }
}
