/** A line through points as an SVG path, in a box of its own; where a value is not known, it is interrupted. */
export function pathOf(points: readonly { readonly x: number; readonly y: number | null }[]): string {
  let isDown = false;
  return points
    .flatMap(({ x, y }) => {
      if (y === null) {
        isDown = false;
        return [];
      }
      const step = `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
      return [step];
    })
    .join(' ');
}

/** The least round number from 1, 2 and 5 with its powers of ten that no value is above; 1 of nothing. */
export function roundTop(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? most;
}
