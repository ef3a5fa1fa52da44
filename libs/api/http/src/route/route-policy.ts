import { SetMetadata, type Type } from '@nestjs/common';

/** What a request may bring along. */
export interface BodyBounds {
  /** Of the body, after decompression. */
  readonly bytes: number;
  /** Values in its JSON, at any depth. */
  readonly values: number;
  /** What it may be, where it is a file that the route reads itself. Without it, a body is JSON. */
  readonly files?: readonly string[];
}

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * `small` is for who says all in the address; `prompt` for a conversation; `demands` for one with parts, schemas and tools;
 * `prompts` for a file of many.
 */
const BODIES = {
  small: { bytes: 4 * KIB, values: 256 },
  prompt: { bytes: 8 * MIB, values: 20_000 },
  demands: { bytes: 8 * MIB, values: 50_000 },
  prompts: { bytes: 32 * MIB, values: 0, files: ['application/x-ndjson', 'text/csv', 'application/json'] },
} as const satisfies Record<string, BodyBounds>;

/** What holds for a route besides what it does. The handler says it by the decorators below, its class for all of its handlers. */
export interface RoutePolicy {
  /**
   * Who may call it, where tokens are needed. `admin` needs `ADMIN_TOKEN` where there is one, else what `token` needs.
   * `operator` needs `ADMIN_TOKEN`; where the server has no token at all, a client on its own machine.
   */
  readonly access: 'public' | 'token' | 'admin' | 'operator';
  readonly body: keyof typeof BODIES;
  /** Whether fields that the route does not name are refused. */
  readonly unknownFields: 'refused' | 'ignored';
  /** In whose shape failures are told. */
  readonly errors: 'tandem' | 'openai';
  /** What limits per client count it as. */
  readonly countsAs: 'request' | 'answer' | 'nothing';
  /** The level of its line in the log, where all went well. */
  readonly log: 'info' | 'debug';
  /** Whether it is shown in a tab of its own: a link of any site may lead here. */
  readonly page: boolean;
}

const DEFAULTS: Omit<RoutePolicy, 'access'> = { body: 'small', unknownFields: 'refused', errors: 'tandem', countsAs: 'request', log: 'info', page: false };
/** Of an address that is no route: closed, and small. */
export const NO_ROUTE: RoutePolicy = { ...DEFAULTS, access: 'token' };

const keyOf = (part: keyof RoutePolicy): string => `tandem:route:${part}`;
const says =
  <P extends keyof RoutePolicy>(part: P) =>
  (value: RoutePolicy[P]): ClassDecorator & MethodDecorator =>
    SetMetadata(keyOf(part), value);

/** Every route says it, by itself or by its class: without it the server does not start. */
export const Access = says('access');
/** Default: `small`. */
export const BodySize = says('body');
/** Default: `refused`. */
export const UnknownFields = says('unknownFields');
/** Default: `tandem`. */
export const Errors = says('errors');
/** Default: `request`. */
export const CountsAs = says('countsAs');
/** Default: `info`. */
export const LogsAt = says('log');
/** Default: no page. */
export const Page = (): ClassDecorator & MethodDecorator => says('page')(true);

/** What a handler and its class say; undefined where neither says who may call it. */
export function readPolicy(controller: Type, handler: object): RoutePolicy | undefined {
  const said = (part: keyof RoutePolicy): unknown => Reflect.getMetadata(keyOf(part), handler) ?? Reflect.getMetadata(keyOf(part), controller);
  const access = said('access');
  if (access === undefined) return undefined;
  const parts = Object.entries(DEFAULTS).map(([part, fallback]) => [part, said(part as keyof RoutePolicy) ?? fallback]);
  return { access, ...Object.fromEntries(parts) } as RoutePolicy;
}

export function boundsOf({ body }: RoutePolicy): BodyBounds {
  return BODIES[body];
}
