/** One direction of a box: how many elements, how far apart they lie in the storage, and how far apart they go in the result. */
export interface Axis {
  readonly size: number;
  readonly stride: number;
  readonly step: number;
}

/** Elements that lie at regular distances, in units of elements. */
export interface Box {
  readonly from: number;
  readonly to: number;
  readonly axes: readonly Axis[];
}

export type Layout = readonly Pick<Axis, 'size' | 'stride'>[];

/** The same elements in the same order, with as few dimensions as can say it; a tensor without gaps has one. */
export function simplified(shape: readonly number[], strides: readonly number[]): Layout {
  const layout: { size: number; stride: number }[] = [];
  shape.forEach((size, index) => {
    const stride = strides[index] ?? 0;
    const outer = layout.at(-1);
    if (size === 1) return;
    if (outer !== undefined && outer.stride === stride * size) layout.splice(-1, 1, { size: outer.size * size, stride });
    else layout.push({ size, stride });
  });
  return layout.length === 0 ? [{ size: 1, stride: 1 }] : layout;
}

/** Takes the elements from `start` to `end`, in row-major order, apart into boxes. */
export function* boxesBetween(layout: Layout, start: number, end: number, from: number, to = 0): Iterable<Box> {
  const [outer, ...inner] = layout;
  if (start >= end || outer === undefined) return;
  const row = inner.reduce((product, { size }) => product * size, 1);
  let first = Math.floor(start / row);
  const last = Math.floor(end / row);
  const head = start - first * row;
  if (first === last) {
    yield* boxesBetween(inner, head, end - last * row, from + first * outer.stride, to);
    return;
  }
  if (head > 0) {
    yield* boxesBetween(inner, head, row, from + first * outer.stride, to);
    to += row - head;
    first += 1;
  }
  if (first < last) {
    yield { from: from + first * outer.stride, to, axes: withSteps([{ size: last - first, stride: outer.stride }, ...inner]) };
    to += (last - first) * row;
  }
  yield* boxesBetween(inner, 0, end - last * row, from + last * outer.stride, to);
}

/** Two boxes that are one together, taken apart along the widest stride. */
export function halves({ from, to, axes: [widest, ...others] }: Box): readonly Box[] {
  if (widest === undefined) return [];
  const { size, stride, step } = widest;
  const half = Math.ceil(size / 2);
  const part = (first: number, count: number): Box => ({
    from: from + first * stride,
    to: to + first * step,
    axes: count === 1 ? others : [{ size: count, stride, step }, ...others],
  });
  return [part(0, half), part(half, size - half)];
}

/** The elements from the first to the last one of a box, with all that lies between. */
export function spanOf({ axes }: Box): number {
  return axes.reduce((span, { size, stride }) => span + (size - 1) * stride, 1);
}

/** Widest strides first, so that neighbours in the storage are visited together. */
function withSteps(layout: Layout): Axis[] {
  let step = 1;
  const axes = layout.toReversed().map(({ size, stride }) => {
    const axis = { size, stride, step };
    step *= size;
    return axis;
  });
  return axes.filter(({ size }) => size > 1).sort((one, other) => other.stride - one.stride);
}
