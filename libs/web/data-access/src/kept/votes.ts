import { Service } from '@angular/core';
import type {
  BlindChoice,
  BlindReveal,
  ChatMessage,
  OpenedBlind,
  RankedModel,
  SamplingParameters,
  TurnVotes,
  Vote,
  VoteChoice,
  VoteSummary,
} from '@tandem/shared/contracts';
import { fetchJson } from '../fetch-json';
import { RunFailure } from '../run-fault';

export interface BlindRequest {
  readonly baseline: string;
  readonly derivative: string;
  readonly messages: readonly ChatMessage[];
  readonly system: string | null;
  readonly parameters: Partial<SamplingParameters>;
}

/** Which answers people found better. Holds nothing itself; every call rejects with a RunFailure. */
@Service()
export class Votes {
  async ofTurns(comparison: string): Promise<readonly TurnVotes[]> {
    return (await fetchJson<{ readonly votes: readonly TurnVotes[] }>(addressOf(comparison))).votes;
  }

  /** Whatever this voter said before, also in another tab: it is one vote, and the last word counts. `isKnown`: that there is one. */
  async cast(comparison: string, turn: number, choice: VoteChoice, isKnown = false): Promise<Vote> {
    try {
      if (isKnown) return await this.send('PUT', comparison, { turn, choice });
      return await this.send('POST', comparison, { turn, choice });
    } catch (failure) {
      if (!(failure instanceof RunFailure) || failure.fault.code !== 'conflict') throw failure;
      return this.send('PUT', comparison, { turn, choice });
    }
  }

  /** `blind`: of blind votes alone. */
  summary(baseline: string, derivative: string, blind: boolean): Promise<VoteSummary> {
    return fetchJson<VoteSummary>(`api/votes/summary?${new URLSearchParams({ baseline, derivative, ...(blind ? { blind: 'true' } : {}) })}`);
  }

  /** All models that were voted on, the strongest first. `blind`: by blind votes alone. */
  async ranking(blind: boolean): Promise<readonly RankedModel[]> {
    return (await fetchJson<{ readonly models: readonly RankedModel[] }>(`api/votes/ranking${blind ? '?blind=true' : ''}`)).models;
  }

  /** Two streams of which the page is not told whose they are. */
  openBlind(request: BlindRequest): Promise<OpenedBlind> {
    return fetchJson<OpenedBlind>('api/blind', 'POST', request);
  }

  /** The first word counts: where another tab has voted, or the answer to it was lost, what that brought to light. */
  async voteBlind(id: string, choice: BlindChoice): Promise<BlindReveal> {
    const address = `api/blind/${encodeURIComponent(id)}/vote`;
    try {
      return await fetchJson<BlindReveal>(address, 'POST', { choice });
    } catch (failure) {
      if (!(failure instanceof RunFailure) || failure.fault.code !== 'conflict') throw failure;
      // one of the two may answer still: then there was no vote, and the first refusal says so
      return fetchJson<BlindReveal>(address).catch(() => Promise.reject(failure));
    }
  }

  private async send(method: 'POST' | 'PUT', comparison: string, vote: Pick<Vote, 'turn' | 'choice'>): Promise<Vote> {
    return (await fetchJson<{ readonly vote: Vote }>(addressOf(comparison), method, vote)).vote;
  }
}

function addressOf(comparison: string): string {
  return `api/comparisons/${encodeURIComponent(comparison)}/votes`;
}
