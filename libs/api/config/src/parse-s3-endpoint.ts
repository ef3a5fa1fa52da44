import { isForbiddenHost, parseEndpoint } from '@tandem/api/endpoint';
import { ConfigurationError } from './configuration-error';

/** The address of an S3-compatible server, under the rules for model servers; a refused one may hold a key and is not repeated. @throws ConfigurationError */
export function parseS3Endpoint(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const refuse = (problem: string) => new ConfigurationError(name, `must be an http or https address, such as http://localhost:9000, ${problem}`);
  const url = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
  if (url === null) throw refuse('and is none.');
  if (url.username !== '' || url.password !== '') throw refuse('without a user name and password: keys go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  if (isForbiddenHost(url.hostname)) throw refuse(`but leads to ${url.hostname}, a link-local, metadata or unspecified address.`);
  try {
    return parseEndpoint(value).href.replace(/\/$/, '');
  } catch (error) {
    throw refuse(`but: ${(error as Error).message}`);
  }
}
