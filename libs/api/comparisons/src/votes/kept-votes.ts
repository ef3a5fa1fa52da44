import { Injectable } from '@nestjs/common';
import { Fault, nothingKept } from '@tandem/api/faults';
import { Ids, isId, madeAtMs, Store } from '@tandem/api/store';
import type { RankedModel, TurnVotes, Vote, VoteChoice, VoteSummary } from '@tandem/shared/contracts';
import type { Kysely } from 'kysely';
import type { ComparisonTables } from '../kept/tables';
import { rankingOf } from './ranking-of';
import { summaryOf } from './summary-of';
import type { VoteDto } from './vote.dto';

type VoteRow = Pick<ComparisonTables['votes'], 'turn' | 'choice' | 'blind' | 'created_at' | 'updated_at'>;

/** The votes in the store: one of each voter on each turn, which the database itself sees to. Every method rejects with a `Fault`. */
@Injectable()
export class KeptVotes {
  private readonly ids = new Ids();

  constructor(private readonly store: Store) {}

  /** @throws Fault `conflict` where this voter has voted on that turn */
  async cast(comparison: string, voter: string, { turn, choice, blind = false }: VoteDto): Promise<Vote> {
    const { pair } = await this.pairOf(comparison, turn);
    const id = this.ids.next();
    const at = madeAtMs(id);
    const row = { ...pair, id, comparison_id: comparison, turn, voter, choice, blind: blind ? 1 : 0, created_at: at, updated_at: at };
    const { numInsertedOrUpdatedRows } = await this.use((db) =>
      db
        .insertInto('votes')
        .values(row)
        .onConflict((conflict) => conflict.columns(['comparison_id', 'turn', 'voter']).doNothing())
        .executeTakeFirstOrThrow(),
    ).catch(async (thrown: unknown) => {
      // the database takes no vote on a comparison that was deleted meanwhile
      await this.pairOf(comparison, turn);
      throw thrown;
    });
    if (numInsertedOrUpdatedRows === 0n) throw new Fault('conflict', 'You have voted on this turn already: change that vote with PUT.', { param: 'turn' });
    return tell(row);
  }

  /** @throws Fault `not_found` where this voter has not voted on that turn */
  async change(comparison: string, voter: string, { turn, choice, blind }: VoteDto): Promise<Vote> {
    await this.pairOf(comparison, turn);
    const set = { choice, updated_at: Date.now(), ...(blind === undefined ? {} : { blind: blind ? 1 : 0 }) };
    const row = await this.use((db) =>
      db
        .updateTable('votes')
        .set(set)
        .where('comparison_id', '=', comparison)
        .where('turn', '=', turn)
        .where('voter', '=', voter)
        .returningAll()
        .executeTakeFirst(),
    );
    if (row === undefined) throw new Fault('not_found', 'You have not voted on this turn yet: vote with POST.', { param: 'turn' });
    return tell(row);
  }

  /** What was voted on each turn, and by this voter. */
  async ofTurns(comparison: string, voter: string): Promise<readonly TurnVotes[]> {
    const { turns } = await this.pairOf(comparison, 0);
    const rows = await this.use((db) => db.selectFrom('votes').select(['turn', 'choice', 'voter']).where('comparison_id', '=', comparison).execute());
    const yours = new Map(rows.filter((row) => row.voter === voter).map(({ turn, choice }) => [turn, choice]));
    return countsByTurn(rows, turns).map((counts, turn) => ({ turn, counts, yours: yours.get(turn) ?? null }));
  }

  /** @param turns how many it has */
  async countsOfTurns(comparison: string, turns: number): Promise<readonly VoteSummary['counts'][]> {
    const rows = await this.use((db) => db.selectFrom('votes').select(['turn', 'choice']).where('comparison_id', '=', comparison).execute());
    return countsByTurn(rows, turns);
  }

  async summary(baseline: string, derivative: string, blind: boolean | undefined): Promise<VoteSummary> {
    const rows = await this.use((db) => {
      const select = db
        .selectFrom('votes')
        .select(['choice', (make) => make.fn.countAll<number>().as('count')])
        .where('baseline', '=', baseline)
        .where('derivative', '=', derivative)
        .groupBy('choice');
      return (blind === undefined ? select : select.where('blind', '=', blind ? 1 : 0)).execute();
    });
    const count = (choice: VoteChoice): number => rows.find((row) => row.choice === choice)?.count ?? 0;
    return summaryOf({ baseline: count('baseline'), derivative: count('derivative'), tie: count('tie'), both_bad: count('both_bad') });
  }

  /** All models that were voted on, the strongest first. */
  async ranking(blind: boolean | undefined): Promise<readonly RankedModel[]> {
    const rows = await this.use((db) => {
      const select = db
        .selectFrom('votes')
        .select(['baseline', 'derivative', 'choice', (make) => make.fn.countAll<number>().as('count')])
        .groupBy(['baseline', 'derivative', 'choice']);
      return (blind === undefined ? select : select.where('blind', '=', blind ? 1 : 0)).execute();
    });
    return rankingOf(rows);
  }

  /** @throws Fault `not_found` without that comparison, `invalid_request` without that turn */
  private async pairOf(
    comparison: string,
    turn: number,
  ): Promise<{ readonly pair: { readonly baseline: string; readonly derivative: string }; readonly turns: number }> {
    const found = await this.use(async (db) =>
      isId(comparison)
        ? db.selectFrom('comparisons').select(['baseline', 'derivative', 'turn_count']).where('id', '=', comparison).executeTakeFirst()
        : undefined,
    );
    if (found === undefined) throw nothingKept('comparison');
    const { turn_count: turns, ...pair } = found;
    if (turn >= turns) throw new Fault('invalid_request', `turn: must be an integer from 0 to ${turns - 1}: this comparison has ${turns}.`, { param: 'turn' });
    return { pair, turns };
  }

  private use<Result>(work: (db: Kysely<ComparisonTables>) => Promise<Result>): Promise<Result> {
    return this.store.use(work);
  }
}

function countsByTurn(votes: readonly Pick<VoteRow, 'turn' | 'choice'>[], turns: number): readonly VoteSummary['counts'][] {
  const counts = Array.from({ length: turns }, () => ({ baseline: 0, derivative: 0, tie: 0, both_bad: 0 }));
  for (const { turn, choice } of votes) {
    const of = counts[turn ?? 0];
    if (of !== undefined) of[choice] += 1;
  }
  return counts;
}

function tell({ turn, choice, blind, created_at, updated_at }: VoteRow): Vote {
  return { turn: turn ?? 0, choice, blind: blind === 1, created_at: new Date(created_at).toISOString(), updated_at: new Date(updated_at).toISOString() };
}
