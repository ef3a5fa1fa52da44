import { isUtf8 } from 'node:buffer';
import { setFault } from './set-fault';

const NEWLINE = 0x0a;

/** A file's text, without the mark that some programs put before it. @throws Fault where it is not UTF-8 */
export function decodeText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw setFault('this is not UTF-8. Save the file with that encoding', { line: badLine(bytes) });
  return new TextDecoder('utf-8').decode(bytes);
}

function badLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, from);
    const to = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to + 1;
  }
  return line;
}
