/** A name from an address: between raw slashes the router cuts it into pieces. */
export function nameFrom(param: string | string[]): string {
  return Array.isArray(param) ? param.join('/') : param;
}
