import { bearerOf, Fault, isSameSecret } from '@tandem/api/platform';

/** @throws Fault `unauthorized` unless the header carries the token; without a token everyone may. */
export function checkAdmin(authorization: string | undefined, token: string | undefined): void {
  if (token === undefined || isSameSecret(bearerOf(authorization) ?? '', token)) return;
  throw new Fault('unauthorized', 'This needs the admin token: send "Authorization: Bearer" with the value of ADMIN_TOKEN.');
}
