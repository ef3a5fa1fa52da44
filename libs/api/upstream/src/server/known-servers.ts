import type { Protocol } from '@tandem/shared/contracts';
import { isObject, readJson } from '../dialects/json';

/** A kind of server that says who it is. */
export interface KnownServer {
  /** As its list of models names the owner of each. */
  readonly owner?: string;
  /** As people call it; null where several kinds sign with that owner. */
  readonly name: string | null;
  readonly protocol: Exclude<Protocol, 'auto'>;
  /** Whether the owner alone proves the protocol. */
  readonly isProof: boolean;
  /** The route that tells its version, which costs nothing. */
  readonly versionRoute: string | null;
  /** Whether asking `/health` costs work; undefined where that is not known. */
  readonly isHealthCostly?: boolean;
  /** Gives thoughts in a field of its own, or as the model wrote them, and never keeps them. */
  readonly opensThoughts?: true;
}

/** All that Tandem knows of kinds of servers beside their dialects. */
const KNOWN: readonly KnownServer[] = [
  { owner: 'llamacpp', name: 'llama.cpp', protocol: 'llama-server', isProof: true, versionRoute: '/props', isHealthCostly: false },
  { owner: 'vllm', name: 'vLLM', protocol: 'openai-chat', isProof: true, versionRoute: '/version', isHealthCostly: false, opensThoughts: true },
  // its health route makes a token to see whether it can
  { owner: 'sglang', name: 'SGLang', protocol: 'openai-chat', isProof: false, versionRoute: '/get_server_info', isHealthCostly: true, opensThoughts: true },
  { owner: 'library', name: 'Ollama', protocol: 'ollama', isProof: false, versionRoute: '/api/version' },
  { owner: 'openai', name: null, protocol: 'openai-chat', isProof: true, versionRoute: null },
  { name: 'TGI', protocol: 'tgi', isProof: false, versionRoute: '/info' },
];

/** Where the configuration names one of these, the list of models need not. */
const NAMED_BY_PROTOCOL: ReadonlySet<Protocol> = new Set<Protocol>(['ollama', 'tgi']);

function listedIn(list: string): readonly KnownServer[] {
  const document = readJson(list);
  const entries = isObject(document) && Array.isArray(document['data']) ? document['data'].filter(isObject) : [];
  const owners = new Set<unknown>(entries.map(({ owned_by: owner }) => owner));
  return KNOWN.filter(({ owner }) => owner !== undefined && owners.has(owner));
}

/** The kind of server that the configuration names, or that a list of models tells; undefined where neither does. */
export function knownServer(list: string, configured: Protocol = 'auto'): KnownServer | undefined {
  if (NAMED_BY_PROTOCOL.has(configured)) return KNOWN.find(({ protocol }) => protocol === configured);
  return listedIn(list)[0];
}

/** The kind of server that a list of models proves; undefined where it proves none. */
export function provenServer(list: string): KnownServer | undefined {
  return listedIn(list).find(({ isProof }) => isProof);
}

/** Whether asking `/health` costs work, by a list of models; undefined where it does not tell. */
export function isHealthCostly(list: string): boolean | undefined {
  const told = listedIn(list).map((server) => server.isHealthCostly);
  return told.includes(true) || (told.includes(false) ? false : undefined);
}

/** Whether the owner of a model opens thoughts. */
export function opensThoughts(owner: unknown): boolean {
  return KNOWN.some((server) => server.owner === owner && server.opensThoughts === true);
}
