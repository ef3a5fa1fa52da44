import { type FileBytes } from '../file-bytes';
import { type PickledValue } from '../pickle/pickled-value';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { boxesBetween, type Layout, simplified } from './box';
import { ELEMENT_BYTES, type ElementType } from './element-type';
import { floatsOf } from './floats';
import { Gatherer } from './gather';
import { elementCount, type SourceTensor } from './source-tensor';

/** Where a tensor's elements lie; checked to lie inside the file by whoever says it. */
export interface Extent {
  readonly file: FileBytes;
  /** The byte of the element with every index 0. */
  readonly start: number;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** In elements, one for each dimension. */
  readonly strides: readonly number[];
}

export class StoredTensor implements SourceTensor {
  readonly shape: readonly number[];
  readonly type: ElementType;
  private readonly layout: Layout;

  constructor(
    readonly name: string,
    readonly extent: Extent,
  ) {
    this.shape = extent.shape;
    this.type = extent.type;
    this.layout = simplified(extent.shape, extent.strides);
  }

  readF32(start: number, count: number): Float32Array {
    const floats = floatsOf(this.readBytes(start, count), this.type, count);
    if (floats === null) throw this.unsupported();
    return floats;
  }

  readBytes(start: number, count: number): Uint8Array<ArrayBuffer> {
    const isInside = start >= 0 && count >= 0 && start + count <= elementCount(this);
    if (!isInside) throw new RangeError(`${this.name} has no elements ${start} to ${start + count}.`);
    const { file, start: origin } = this.extent;
    const width = ELEMENT_BYTES[this.type];
    if (width === 16) throw this.unsupported();
    const bytes = new Uint8Array(count * width);
    const gatherer = new Gatherer(file, origin, width, bytes);
    for (const box of boxesBetween(this.layout, start, start + count, 0)) gatherer.gather(box);
    return bytes;
  }

  private unsupported(): RefusedCheckpoint {
    return new RefusedCheckpoint(
      'unsupported-tensor',
      `The tensor ${quoted(this.name)} holds elements of the type ${this.type}, which cannot be converted; save it as float32, float16 or bfloat16.`,
    );
  }
}

/** The strides of a tensor without gaps. */
export function packedStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((size) => {
      const packed = stride;
      stride *= size;
      return packed;
    })
    .reverse();
}

export function isSourceTensor(value: PickledValue | undefined): value is SourceTensor {
  return value instanceof StoredTensor;
}
