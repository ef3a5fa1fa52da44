import type { ModelIdentity, Protocol } from '@tandem/shared/contracts';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import { isObject, type JsonObject, readCount, readJson } from '../dialects/json';
import { knownServer } from './known-servers';
import { isListed } from './model-name';
import type { ProbeAnswer } from './probe-answer';

function textOf(answer: ProbeAnswer): string {
  return answer.kind === 'answer' && answer.status < 300 && !answer.isPage ? answer.text : '';
}

/** Where a server tells its version; null where there is no such route that is known to be safe. */
export function versionRouteOf(models: ProbeAnswer, protocol?: Protocol): string | null {
  return knownServer(textOf(models), protocol)?.versionRoute ?? null;
}

type Asked = Pick<RemoteEndpoint, 'model' | 'protocol'>;

/** What a server says it serves: the model asked for, or the one it lists first. Null where it lists none by that name. */
export function identify(models: ProbeAnswer, version: ProbeAnswer | null, { model: asked, protocol }: Asked): ModelIdentity | null {
  const list = readJson(textOf(models));
  const entries = isObject(list) && Array.isArray(list['data']) ? list['data'].filter(isObject) : [];
  const entry = asked === undefined ? entries[0] : entries.find(({ id }) => typeof id === 'string' && isListed(asked, [id]));
  const model = entry?.['id'];
  if (entry === undefined || typeof model !== 'string') return null;
  const said = readJson(version === null ? '' : textOf(version));
  const about = isObject(said) ? said : {};
  return {
    model,
    server: knownServer(textOf(models), protocol)?.name ?? null,
    version: wordOf(about['version'] ?? about['build_info']),
    context_length: contextOf(entry, about),
    base: baseOf(entry, model),
  };
}

/** The context that the server runs with, not the one that the model was trained for. */
function contextOf(entry: JsonObject, about: JsonObject): number | null {
  const settings = about['default_generation_settings'];
  const running = isObject(settings) ? readCount(settings['n_ctx']) : undefined;
  return readCount(entry['max_model_len']) ?? running ?? readCount(about['max_total_tokens']) ?? null;
}

/** vLLM names the model that a LoRA was loaded over as its parent, and the files of any other as its root. */
function baseOf({ parent, root }: JsonObject, model: string): string | null {
  const base = wordOf(parent) ?? wordOf(root);
  return base === model ? null : base;
}

/** A path names the machine's folders: its last part says enough. */
function wordOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  return (value.startsWith('/') ? (value.split('/').at(-1) ?? value) : value).slice(0, 200);
}
