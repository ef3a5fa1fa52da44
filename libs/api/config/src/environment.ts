import { availableParallelism } from 'node:os';
import type { OutwardProxies } from '@tandem/api/endpoint';
import { parseBasePath } from './base-path';
import { ConfigurationError } from './configuration-error';
import { parseDatabaseUrl } from './parse-database-url';
import { parseKeyVariables } from './key-variables';
import { parseAllowedHosts } from './parse-allowed-hosts';
import { parseOutwardProxies } from './parse-outward-proxies';
import { parseS3Endpoint } from './parse-s3-endpoint';
import { parseTrustedProxies, type TrustedProxies } from './trusted-proxies';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevelName = (typeof LOG_LEVELS)[number];

export const IMPORT_TYPES = ['f32', 'f16', 'bf16', 'q8_0'] as const;
export type ImportTypeName = (typeof IMPORT_TYPES)[number];

/** The environment, parsed once. What each variable means and its default: `.env.example`. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Under which path everything is reached; empty for the root. */
  readonly basePath: string;
  readonly trustedProxies: TrustedProxies;
  /** To model servers and S3. */
  readonly outwardProxies: OutwardProxies;
  readonly keepAliveSeconds: number;
  /** Between the signal to leave and the last request that is taken. */
  readonly shutdownDelaySeconds: number;
  /** How long running answers have to end by themselves. */
  readonly shutdownGraceSeconds: number;
  readonly configFile: string;
  /** Whether `CONFIG_FILE` was given: a missing file is then an error. */
  readonly isConfigFileExplicit: boolean;
  readonly baselineModels: string | undefined;
  readonly twodeltaModels: string | undefined;
  readonly checkpointsDir: string;
  /** Where conversions of checkpoints are kept. Undefined: in the checkpoints folder. */
  readonly convertedDir: string | undefined;
  readonly importType: ImportTypeName;
  readonly apiKey: string | undefined;
  /** What `api_key_env` may name beside what is called a key already. */
  readonly apiKeyVariables: readonly string[];
  readonly adminToken: string | undefined;
  /** Empty: everyone may use this server. */
  readonly accessTokens: readonly string[];
  /** Pages of these origins may use the API. */
  readonly corsOrigins: readonly string[];
  /** What `Host` may say beside loopback and this machine's own names: names, `*.` before those below one, ports. */
  readonly allowedHosts: readonly string[];
  /** Of one client; 0: as many as it likes. */
  readonly requestsPerMinute: number;
  readonly streamsPerClient: number;
  /** Of one model at a model server that names none of its own. */
  readonly upstreamMaxConcurrency: number;
  readonly upstreamConnectSeconds: number;
  readonly upstreamHeadersSeconds: number;
  readonly upstreamSilenceSeconds: number;
  /** 0: as long as it takes. */
  readonly upstreamTotalSeconds: number;
  /** Undefined: S3 is not in use. */
  readonly s3Bucket: string | undefined;
  readonly s3ConfigKey: string;
  readonly s3Endpoint: string | undefined;
  readonly awsRegion: string;
  /** Where what is kept is kept, unless `databaseUrl` says otherwise. */
  readonly dataDir: string;
  /** A PostgreSQL that several servers share, with its password. */
  readonly databaseUrl: string | undefined;
  /** How long what was kept is kept; 0: until somebody deletes it. */
  readonly retentionDays: number;
  /** 0: never. */
  readonly refreshIntervalMinutes: number;
  readonly healthIntervalSeconds: number;
  readonly inferenceThreads: number;
  readonly inferenceUsesGpu: boolean;
  readonly modelIdleUnloadMinutes: number;
  /** Undefined: what the machine has. */
  readonly inferenceMemoryMb: number | undefined;
  readonly logLevel: LogLevelName;
  readonly logFormat: 'pretty' | 'json';
}

function isOrigin(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '') && new URL(value).origin === value;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Every variable as it must be, or a `ConfigurationError` that names the first one that is not. */
export function parseEnvironment(variables: Variables): Environment {
  const text = (name: string): string | undefined => {
    const value = variables[name]?.trim();
    return value === '' ? undefined : value;
  };
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === undefined) return fallback;
    if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) {
      throw new ConfigurationError(name, `must be an integer from ${min} to ${max}, but is "${value}".`);
    }
    return Number(value);
  };
  const oneOf = <T extends string>(name: string, fallback: T, allowed: readonly T[]): T => {
    const value = text(name) ?? fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ConfigurationError(name, `must be one of ${allowed.join(', ')}, but is "${value}".`);
    return found;
  };

  const list = (name: string, isValid: (value: string) => boolean, what: string, isSecret = false): readonly string[] => {
    const values = (text(name) ?? '')
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean);
    const wrong = values.findIndex((value) => !isValid(value));
    if (wrong === -1) return values;
    throw new ConfigurationError(name, `must be ${what}, separated by commas; number ${wrong + 1}${isSecret ? '' : `, "${values[wrong]}",`} is not.`);
  };

  return {
    port: integer('PORT', 8080, 0, 65_535),
    host: text('HOST') ?? '0.0.0.0',
    basePath: parseBasePath('TANDEM_BASE_PATH', text('TANDEM_BASE_PATH')),
    trustedProxies: parseTrustedProxies('TRUSTED_PROXIES', text('TRUSTED_PROXIES')),
    outwardProxies: parseOutwardProxies((...names) => {
      const name = names.find((known) => text(known) !== undefined) ?? names[0] ?? '';
      return [name, text(name)];
    }),
    keepAliveSeconds: integer('KEEP_ALIVE_SECONDS', 75, 1, 3_600),
    shutdownDelaySeconds: integer('SHUTDOWN_DELAY_SECONDS', 0, 0, 3_600),
    shutdownGraceSeconds: integer('SHUTDOWN_GRACE_SECONDS', 25, 0, 86_400),
    configFile: text('CONFIG_FILE') ?? 'config.json',
    isConfigFileExplicit: text('CONFIG_FILE') !== undefined,
    baselineModels: text('BASELINE_MODELS'),
    twodeltaModels: text('TWODELTA_MODELS'),
    checkpointsDir: text('CHECKPOINTS_DIR') ?? 'checkpoints',
    convertedDir: text('CONVERTED_DIR'),
    importType: oneOf('IMPORT_TYPE', 'f16', IMPORT_TYPES),
    apiKey: text('API_KEY'),
    apiKeyVariables: parseKeyVariables('API_KEY_VARIABLES', text('API_KEY_VARIABLES')),
    adminToken: text('ADMIN_TOKEN'),
    accessTokens: list('ACCESS_TOKENS', (value) => /^[\x21-\x7e]{8,1024}$/.test(value), 'tokens of 8 to 1024 visible ASCII characters', true),
    corsOrigins: list('CORS_ORIGINS', isOrigin, 'origins such as https://app.example.com'),
    allowedHosts: parseAllowedHosts('ALLOWED_HOSTS', text('ALLOWED_HOSTS')),
    requestsPerMinute: integer('RATE_LIMIT_PER_MINUTE', 0, 0, 1_000_000),
    streamsPerClient: integer('MAX_STREAMS_PER_CLIENT', 0, 0, 100_000),
    upstreamMaxConcurrency: integer('UPSTREAM_MAX_CONCURRENCY', 2_048, 1, 100_000),
    upstreamConnectSeconds: integer('UPSTREAM_CONNECT_SECONDS', 3, 1, 60),
    upstreamHeadersSeconds: integer('UPSTREAM_HEADERS_SECONDS', 60, 1, 3_600),
    upstreamSilenceSeconds: integer('UPSTREAM_SILENCE_SECONDS', 120, 1, 3_600),
    upstreamTotalSeconds: integer('UPSTREAM_TOTAL_SECONDS', 0, 0, 86_400),
    s3Bucket: text('S3_BUCKET'),
    s3ConfigKey: text('S3_CONFIG_KEY') ?? 'config.json',
    s3Endpoint: parseS3Endpoint('S3_ENDPOINT', text('S3_ENDPOINT')),
    awsRegion: text('AWS_REGION') ?? 'us-east-1',
    dataDir: text('DATA_DIR') ?? '.tandem',
    databaseUrl: parseDatabaseUrl('DATABASE_URL', text('DATABASE_URL')),
    retentionDays: integer('RETENTION_DAYS', 0, 0, 36_500),
    refreshIntervalMinutes: integer('REFRESH_INTERVAL_MINUTES', 5, 0, 10_080),
    healthIntervalSeconds: integer('HEALTH_INTERVAL_SECONDS', 30, 1, 86_400),
    inferenceThreads: integer('INFERENCE_THREADS', availableParallelism(), 1, 1024),
    inferenceUsesGpu: oneOf('INFERENCE_GPU', 'auto', ['auto', 'off'] as const) === 'auto',
    modelIdleUnloadMinutes: integer('MODEL_IDLE_UNLOAD_MINUTES', 0, 0, 100_000),
    inferenceMemoryMb: text('INFERENCE_MEMORY_MB') === undefined ? undefined : integer('INFERENCE_MEMORY_MB', 0, 1, 100_000_000),
    logLevel: oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    logFormat: oneOf('LOG_FORMAT', process.stdout.isTTY ? 'pretty' : 'json', ['pretty', 'json'] as const),
  };
}
