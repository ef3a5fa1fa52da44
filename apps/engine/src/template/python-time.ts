const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A time as Python's `strftime` writes it; of its codes those that say a date or a time of day. */
export function strftime(time: Date, format: string): string {
  const month = MONTHS[time.getMonth()] ?? '';
  const day = DAYS[time.getDay()] ?? '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const codes: Readonly<Record<string, string>> = {
    Y: String(time.getFullYear()),
    y: two(time.getFullYear() % 100),
    m: two(time.getMonth() + 1),
    B: month,
    b: month.slice(0, 3),
    d: two(time.getDate()),
    '-d': String(time.getDate()),
    e: String(time.getDate()).padStart(2),
    A: day,
    a: day.slice(0, 3),
    H: two(time.getHours()),
    I: two(time.getHours() % 12 || 12),
    M: two(time.getMinutes()),
    S: two(time.getSeconds()),
    p: time.getHours() < 12 ? 'AM' : 'PM',
    F: `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    T: `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`,
    '%': '%',
  };
  return format.replaceAll(/%(-?[A-Za-z%])/g, (found, code: string) => codes[code] ?? found);
}
