import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** An S3-compatible server with one bucket. Closed by whoever started it. */
export interface S3Bucket {
  /** What a server needs to read its configuration from there. */
  readonly environment: Readonly<Record<string, string>>;
  upload(text: string): Promise<unknown>;
  remove(): Promise<unknown>;
  close(): Promise<void>;
}

export async function startS3Bucket(): Promise<S3Bucket> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-bucket-'));
  const s3 = new S3rver({ port: 0, address: '127.0.0.1', silent: true, configureBuckets: [{ name: 'tandem', configs: [] }], directory });
  const { port } = await s3.run();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const object = { Bucket: 'tandem', Key: 'config.json' };
  return {
    environment: { S3_BUCKET: 'tandem', S3_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' },
    upload: (Body) => client.send(new PutObjectCommand({ ...object, Body })),
    remove: () => client.send(new DeleteObjectCommand(object)),
    async close() {
      client.destroy();
      await s3.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
