import { ConfigurationError } from './configuration-error';
import { say } from './sentence';

/** Larger documents are refused before they are parsed. */
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

/** What is said of one that is larger. */
export const TOO_LARGE = `is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB, which no list of models is`;

/** Bytes as text, with the byte order mark where there is one. @throws ConfigurationError for anything but UTF-8 */
export function documentText(origin: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const [first, second] = bytes;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    throw new ConfigurationError(origin, say`is ${isUtf16 ? 'UTF-16' : 'not UTF-8 text'}; save it as UTF-8.`);
  }
}
