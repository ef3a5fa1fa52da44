import { computed, Service, signal } from '@angular/core';
import type { SessionBody } from '@tandem/shared/contracts';
import { fetchJson, refusedTokens } from './fetch-json';
import { RunFailure, type RunFault, UNREADABLE_ANSWER } from './run-fault';

/** Whether this server wants to know who asks, and does. The token itself is in a cookie that no script can read. */
@Service()
export class SessionStore {
  private readonly session = signal<SessionBody | undefined>(undefined);
  /** Refusals before this many were about an earlier session. */
  private readonly settledRefusals = signal(0);

  /** Nothing else can be done before. False until it is known: most servers are open. */
  readonly mustSignIn = computed(() => this.session()?.signed_in === false || refusedTokens() > this.settledRefusals());
  readonly canSignOut = computed(() => this.session()?.required === true && !this.mustSignIn());

  async look(): Promise<void> {
    const session = await fetchJson<SessionBody>('api/session').catch(() => undefined);
    if (!session) return;
    this.session.set(session);
    this.settledRefusals.set(refusedTokens());
  }

  /** Undefined, or why not. */
  async signIn(token: string): Promise<RunFault | undefined> {
    try {
      const session = await fetchJson<SessionBody>('api/session', 'POST', { token });
      this.settledRefusals.set(refusedTokens());
      this.session.set(session);
      return undefined;
    } catch (failure) {
      return failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER;
    }
  }

  async signOut(): Promise<void> {
    const session = await fetchJson<SessionBody>('api/session', 'DELETE').catch(() => undefined);
    if (session) this.session.set(session);
  }
}
