import type { ModelCard, ModelIdentity } from '@tandem/shared/contracts';

/** What a server says it serves, and over what: "tuned (Base-8B)". */
export function nameIdentity({ model, base }: ModelIdentity): string {
  return base === null ? model : `${model} (${base})`;
}

/** The same with its software, in a few words; empty where it does not say, or it is a file of ours. */
export function nameServed({ place }: Pick<ModelCard, 'place'>, identity: ModelIdentity | null | undefined): string {
  if (!identity || place === 'local') return '';
  const software = [identity.server, identity.version].filter(Boolean).join(' ');
  return [nameIdentity(identity), software].filter(Boolean).join(' · ');
}

/** The same where it stands among other words. */
export function sayServed(card: Pick<ModelCard, 'place'>, identity: ModelIdentity | null | undefined): string {
  const served = nameServed(card, identity);
  return served === '' ? '' : `serves ${served}`;
}

/** The same with its context. */
export function sayIdentity(card: Pick<ModelCard, 'place'>, identity: ModelIdentity | null | undefined): string {
  const served = sayServed(card, identity);
  const context = identity?.context_length ?? null;
  return served === '' || context === null ? served : `${served} · ${sayTokens(context)} context`;
}

/** Why the configured context length misleads; empty where it is the server's own, or one of them is not known. */
export function sayContextGap(
  { place, context_length: configured }: Pick<ModelCard, 'place' | 'context_length'>,
  identity: ModelIdentity | null | undefined,
): string {
  const running = identity?.context_length ?? null;
  if (place === 'local' || configured === null || running === null || configured === running) return '';
  const said = `The configuration says ${sayTokens(configured)} tokens, the server runs with ${sayTokens(running)}`;
  return configured > running
    ? `${said}: what is longer than that will be refused. Correct context_length in the configuration, or start the server with more.`
    : `${said}. Correct context_length in the configuration.`;
}

function sayTokens(count: number): string {
  return count.toLocaleString('en');
}
