import type { LookupFunction } from 'node:net';
import { closeAfterEach, guardLeaks, PATIENCE_MS, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import { S3Object } from './s3-object';

const KEYS = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true' };
const closing = closeAfterEach();
let environment: NodeJS.ProcessEnv;

beforeEach(() => {
  environment = { ...process.env };
  Object.assign(process.env, KEYS);
});
afterEach(() => void (process.env = environment));

/** A resolver that gives one answer after the other, the last for ever. */
function resolving(...answers: string[]) {
  const asked: string[] = [];
  const resolve: LookupFunction = (host, _options, callback) => {
    const address = answers[Math.min(asked.push(host), answers.length) - 1] ?? '';
    setImmediate(() => callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]));
  };
  return { resolve, asked };
}

function objectAt(endpoint: string | undefined, resolve: LookupFunction) {
  const object = new S3Object(
    { bucket: 'tandem', key: 'config.json', region: 'us-east-1', endpoint },
    { headersMs: PATIENCE_MS, bodyMs: PATIENCE_MS, resolve },
  );
  closing(() => object.close());
  return object;
}

const refused = (host: string) => ({
  code: 's3_unreachable',
  message: `S3 is not asked for s3://tandem/config.json: ${host} leads to a link-local, metadata or unspecified address. Correct S3_ENDPOINT.`,
});

describe('The address of S3', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.23',
    '100.100.100.200',
    '168.63.129.16',
    '::ffff:a9fe:a9fe',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:42::42',
    'fe80::1',
  ])('is not %s, whatever name leads there', async (address) => {
    const { resolve } = resolving(address);
    await expect(objectAt('http://s3.example:8333', resolve).read(undefined)).rejects.toMatchObject(refused('s3.example'));
    await expect(objectAt('https://s3.example', resolve).read(undefined)).rejects.toMatchObject(refused('s3.example'));
  });

  it.each(['http://169.254.169.254', 'http://[fd00:ec2::23]', 'https://[::ffff:a9fe:a9fe]'])('is not %s, which no look-up sees', async (endpoint) => {
    const { resolve, asked } = resolving('127.0.0.1');
    await expect(objectAt(endpoint, resolve).read(undefined)).rejects.toMatchObject({
      code: 's3_unreachable',
      message: expect.stringMatching(/^S3 is not asked for .* metadata/),
    });
    expect(asked).toEqual([]);
  });

  it("is judged also where a variable of the SDK's own names it", async () => {
    process.env['AWS_ENDPOINT_URL_S3'] = 'http://169.254.169.254';
    const { resolve } = resolving('169.254.169.254');
    await expect(objectAt(undefined, resolve).read(undefined)).rejects.toMatchObject({ code: 's3_unreachable', message: expect.stringContaining('metadata') });
  });

  it('is connected with where it was looked at, and looked at again the next time', async () => {
    const server = await startMisbehavingServer((connection) => connection.write(wholeResponse(200, 'application/json', '{}', { Connection: 'close' })));
    closing(() => server.close());
    const { resolve, asked } = resolving('127.0.0.1', '169.254.169.254');
    const object = objectAt(`http://s3.example:${server.port}`, resolve);
    await expect(object.read(undefined)).resolves.toMatchObject({ text: '{}' });
    await expect(object.read(undefined)).rejects.toMatchObject(refused('s3.example'));
    expect([asked, server.requests.length]).toEqual([['s3.example', 's3.example'], 1]);
  });
});

guardLeaks();
