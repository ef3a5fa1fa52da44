/** Where `holds`, which is true from `yes` on towards `no` and then no more, ends: as exactly as numbers of 64 bits tell. */
export function boundaryOf(yes: number, no: number, holds: (value: number) => boolean): number {
  if (holds(no)) return no;
  let [inside, outside] = [yes, no];
  for (;;) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) return inside;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
}
