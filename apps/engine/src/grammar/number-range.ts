/** No bound goes further, so that every integer is exact. */
const FURTHEST = 10 ** 15 - 1;

/** A rule for the integers from `least` to `most`, both included; null where there is none. */
export function integerRange(least = -FURTHEST, most = FURTHEST): string | null {
  const from = Math.max(Math.ceil(least), -FURTHEST);
  const to = Math.min(Math.floor(most), FURTHEST);
  if (from > to) return null;
  const negative = from < 0 ? [`"-" ( ${naturals(Math.max(1, -to), -from)} )`] : [];
  const positive = to >= 0 ? [naturals(Math.max(0, from), to)] : [];
  return [...negative, ...positive].join(' | ');
}

/** A rule for the numbers between two integers, both included; null where there is none. */
export function numberRange(least = -FURTHEST, most = FURTHEST): string | null {
  if (least > most) return null;
  const negative = least < 0 ? [`"-" ( ${decimals(Math.max(0, -most), Math.min(-least, FURTHEST))} )`] : [];
  const positive = most >= 0 ? [decimals(Math.max(0, least), Math.min(most, FURTHEST))] : [];
  return [...negative, ...positive].join(' | ');
}

function decimals(from: number, to: number): string {
  const below = from < to ? [`( ${naturals(from, to - 1)} ) ( "." [0-9]{1,15} )?`] : [];
  return [...below, `"${to}" ( "." "0"{1,3} )?`].join(' | ');
}

/** Numbers of one length after the other. */
function naturals(from: number, to: number): string {
  const parts: string[] = [];
  for (let length = String(from).length; length <= String(to).length; length++) {
    const least = Math.max(from, length === 1 ? 0 : 10 ** (length - 1));
    const most = Math.min(to, 10 ** length - 1);
    parts.push(sameLength(String(least), String(most)));
  }
  return parts.join(' | ');
}

/** From one number to another of as many digits. */
function sameLength(least: string, most: string): string {
  if (least === most) return `"${least}"`;
  const rest = least.length - 1;
  const [low = '', high = ''] = [least[0], most[0]];
  if (rest === 0) return `[${low}-${high}]`;
  const any = `[0-9]{${rest}}`;
  if (low === high) return `"${low}" ( ${sameLength(least.slice(1), most.slice(1))} )`;
  const isWhole = { low: /^0*$/.test(least.slice(1)), high: /^9*$/.test(most.slice(1)) };
  const first = Number(low) + (isWhole.low ? 0 : 1);
  const last = Number(high) - (isWhole.high ? 0 : 1);
  return [
    ...(isWhole.low ? [] : [`"${low}" ( ${sameLength(least.slice(1), '9'.repeat(rest))} )`]),
    ...(first > last ? [] : [`[${first}-${last}] ${any}`]),
    ...(isWhole.high ? [] : [`"${high}" ( ${sameLength('0'.repeat(rest), most.slice(1))} )`]),
  ].join(' | ');
}
