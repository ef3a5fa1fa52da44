import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const DAY_MS = 86_400_000;
/** From yesterday to tomorrow. */
const TODAY = [-1, 1] as const;

const OBJECT_IDS = {
  commonName: [0x55, 0x04, 0x03],
  basicConstraints: [0x55, 0x1d, 0x13],
  subjectAltName: [0x55, 0x1d, 0x11],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
} as const;

/** One value in DER: its tag, its length, its content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Uint8Array.of(tag, content.length), content]);
  const length = content.length > 0xff ? [0x82, content.length >> 8, content.length & 0xff] : [0x81, content.length];
  return Buffer.concat([Uint8Array.of(tag, ...length), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const objectId = (name: keyof typeof OBJECT_IDS) => der(0x06, Uint8Array.from(OBJECT_IDS[name]));
const name = (common: string) => sequence(der(0x31, sequence(objectId('commonName'), der(0x0c, Buffer.from(common)))));
const time = (at: number) => der(0x18, Buffer.from(new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')));
const extension = (id: keyof typeof OBJECT_IDS, value: Uint8Array) => sequence(objectId(id), der(0x04, value));

/** A certificate with its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** Days from now. Default: yesterday to tomorrow. */
  readonly validDays?: readonly [from: number, to: number];
  /** The IPv4 address it is for. Default 127.0.0.1. */
  readonly address?: string;
}

/** An authority of the test's own, which signs what a test asks for. Two need two names. */
export interface Authority {
  /** Its own certificate, which a client has to trust. */
  readonly cert: string;
  issue(options?: CertificateOptions): Certificate;
}

interface Contents {
  readonly issuer: string;
  readonly subject: string;
  readonly validDays: readonly [number, number];
  readonly subjectKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: Uint8Array;
}

let serial = 0;

function pemOf({ issuer, subject, validDays, subjectKey, signingKey, extensions }: Contents): string {
  const algorithm = sequence(objectId('ecdsaWithSha256'));
  const [from, to] = validDays.map((days) => time(Date.now() + days * DAY_MS)) as [Buffer, Buffer];
  const unsigned = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, Uint8Array.of(1, ++serial & 0x7f)),
    algorithm,
    name(issuer),
    sequence(from, to),
    name(subject),
    subjectKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extensions)),
  );
  const signature = der(0x03, Uint8Array.of(0), sign('sha256', unsigned, signingKey));
  const text = sequence(unsigned, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

function forAddress(address: string): Buffer {
  return extension('subjectAltName', sequence(der(0x87, Uint8Array.from(address.split('.'), Number))));
}

export function certificateAuthority(issuer: string): Authority {
  const own = newKeys();
  const isAuthority = extension('basicConstraints', sequence(der(0x01, Uint8Array.of(0xff))));
  return {
    cert: pemOf({ issuer, subject: issuer, validDays: TODAY, subjectKey: own.publicKey, signingKey: own.privateKey, extensions: isAuthority }),
    issue({ validDays = TODAY, address = '127.0.0.1' } = {}) {
      const { publicKey: subjectKey, privateKey } = newKeys();
      const cert = pemOf({ issuer, subject: 'model server', validDays, subjectKey, signingKey: own.privateKey, extensions: forAddress(address) });
      return { cert, key: keyOf(privateKey) };
    },
  };
}

/** One that vouches for itself. */
export function selfSignedCertificate(): Certificate {
  const { publicKey: subjectKey, privateKey: signingKey } = newKeys();
  const itself = 'model server';
  const cert = pemOf({ issuer: itself, subject: itself, validDays: TODAY, subjectKey, signingKey, extensions: forAddress('127.0.0.1') });
  return { cert, key: keyOf(signingKey) };
}
