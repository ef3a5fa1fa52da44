import { type FileBytes } from '../file-bytes';
import { type Axis, type Box, halves, spanOf } from './box';

type Elements = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;
const ELEMENTS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array } as const;
export type GatheredWidth = keyof typeof ELEMENTS;

/** What is read and thrown away for each byte that is wanted, before reading in smaller pieces is better. */
const MAX_WASTE = 4;
/** Reading this much costs no more than reading at all. */
const ONE_READ_BYTES = 16 * 1024;

/** Copies elements that lie at regular distances in a file next to each other, without ever holding much more than they are. */
export class Gatherer {
  private readonly result: Elements;

  constructor(
    private readonly file: FileBytes,
    /** Where element 0 of the storage lies. */
    private readonly origin: number,
    private readonly width: GatheredWidth,
    private readonly target: Uint8Array<ArrayBuffer>,
  ) {
    this.result = new ELEMENTS[width](target.buffer, target.byteOffset, target.byteLength / width);
  }

  gather(box: Box): void {
    const span = spanOf(box);
    const count = box.axes.reduce((product, { size }) => product * size, 1);
    if (span === count && isInOrder(box.axes)) this.copy(box, count);
    else if (span <= count * MAX_WASTE || span * this.width <= ONE_READ_BYTES) this.pick(box, span);
    else for (const half of halves(box)) this.gather(half);
  }

  private copy({ from, to }: Box, count: number): void {
    this.file.readInto(this.target.subarray(to * this.width, (to + count) * this.width), this.origin + from * this.width);
  }

  private pick({ from, to, axes }: Box, span: number): void {
    const bytes = new Uint8Array(span * this.width);
    this.file.readInto(bytes, this.origin + from * this.width);
    scatter(new ELEMENTS[this.width](bytes.buffer), 0, this.result, to, axes);
  }
}

/** Whether the storage holds the elements in the order of the result. */
function isInOrder(axes: readonly Axis[]): boolean {
  return axes.every(({ stride, step }) => stride === step);
}

function scatter(source: Elements, from: number, result: Elements, to: number, axes: readonly Axis[]): void {
  const [outer, ...inner] = axes;
  if (outer === undefined) return;
  const { size, stride, step } = outer;
  if (inner.length > 0) {
    for (let index = 0; index < size; index++) scatter(source, from + index * stride, result, to + index * step, inner);
    return;
  }
  for (let index = 0; index < size; index++) result[to + index * step] = source[from + index * stride] ?? 0;
}
