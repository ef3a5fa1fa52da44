import type { HealthFinding } from '@tandem/shared/contracts';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import type { UpstreamClient } from '../connection/upstream-client';
import { identify, versionRouteOf } from '../server/identify';
import { isHealthCostly } from '../server/known-servers';
import { askRoute, type ProbeAnswer } from '../server/probe-answer';
import { secretsOf } from '../server/server-words';
import { judgeHealthRoute, judgeServer, type ProbeFacts } from './judge-probe';

/** Signs its headers, whatever its list of models says. */
const LLAMA_SERVER = /llama\.cpp/i;
const GATEWAY = /litellm/i;

/**
 * Whether asking `/health` costs work: LiteLLM's calls every model for money, SGLang's makes a token. Where the list of models does not
 * tell, its own liveness route does: no other server has it. Where that does not answer, none is taken for harmless.
 */
async function doesHealthCost(models: ProbeAnswer, ask: (path: string) => Promise<ProbeAnswer>): Promise<boolean> {
  if (models.kind !== 'answer') return true;
  const looks = `${models.server} ${models.text}`;
  if (GATEWAY.test(looks)) return true;
  const costs = isHealthCostly(models.text);
  if (costs !== undefined) return costs;
  if (LLAMA_SERVER.test(looks)) return false;
  const alive = await ask('/health/liveliness');
  return alive.kind !== 'answer' || (alive.status === 200 && !alive.isPage);
}

/**
 * Finds out how a model server is, by GET on routes that neither wake nor bill a model. Rejects only when the signal
 * is aborted.
 */
export async function probeRemote(remote: RemoteEndpoint, client: UpstreamClient, signal: AbortSignal): Promise<HealthFinding> {
  const { url, apiKey, model, healthPath } = remote;
  const facts: ProbeFacts = { host: url.host, hasKey: apiKey !== undefined, model, secrets: secretsOf(apiKey) };
  if (healthPath !== undefined) {
    return judgeHealthRoute(await askRoute(remote, { path: healthPath, withKey: true }, client, signal), healthPath, facts);
  }
  const askAside = (path: string, withKey: boolean) => askRoute(remote, { path, withKey, patienceMs: client.deadlines.asideMs }, client, signal);
  // Without the key: no server needs it there, and a gateway that would bill asks for it.
  const askOpenly = (path: string) => askAside(path, false);
  const models = await askRoute(remote, { path: '/v1/models', withKey: true }, client, signal);
  const versionRoute = versionRouteOf(models, remote.protocol);
  const askHealth = async () => ((await doesHealthCost(models, askOpenly)) ? null : askOpenly('/health'));
  const [health, version] = await Promise.all([askHealth(), versionRoute === null ? null : askAside(versionRoute, true)]);
  return { ...judgeServer(models, health, facts), identity: identify(models, version, remote) };
}
