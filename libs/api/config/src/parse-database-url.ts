import { ConfigurationError } from './configuration-error';

/** The address of a PostgreSQL as it is. It holds a password: what is wrong with it is told without it. */
export function parseDatabaseUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const { protocol, pathname = '' } = URL.parse(value) ?? {};
  if ((protocol !== 'postgres:' && protocol !== 'postgresql:') || pathname.length < 2) {
    throw new ConfigurationError(name, 'must be the address of a PostgreSQL database, such as postgresql://user:password@db.example.com:5432/tandem.');
  }
  return value;
}
