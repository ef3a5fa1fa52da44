/** An id that nothing else has. `crypto.randomUUID` is missing where the page is served without HTTPS in a local network. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
