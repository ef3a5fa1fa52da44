const DAY_MS = 86_400_000;
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A moment on the reader's clock, and how long ago it was: "14:32 (5 min)", "Nov 20, 23:10 (9 h)". */
export function saySince(iso: string, nowMs: number): string {
  const length = sayLength(Math.floor((nowMs - Date.parse(iso)) / 60_000));
  return `${sayMoment(iso, nowMs)}${length && ` (${length})`}`;
}

/** On the reader's clock: "14:32", or "Nov 20, 23:10" where it is another day. */
export function sayMoment(iso: string, nowMs: number): string {
  const atMs = Date.parse(iso);
  const isToday = Math.abs(nowMs - atMs) < DAY_MS && new Date(atMs).getDate() === new Date(nowMs).getDate();
  return (isToday ? time : day).format(atMs);
}

function sayLength(minutes: number): string {
  if (minutes < 1) return '';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
