import { Injectable } from '@nestjs/common';
import { Fault, nothingKept } from '@tandem/api/faults';
import { Ids, isId, madeAtMs, Store } from '@tandem/api/store';
import type { BlindChoice, OfBoth, PairSide, VoteChoice } from '@tandem/shared/contracts';
import type { Kysely } from 'kysely';
import type { Observable } from 'rxjs';
import type { ComparisonTables } from '../kept/tables';
import type { Unveiled } from './veiled-source';

/** What came of one side. */
export interface Outcome extends Unveiled {
  readonly seed: number | null;
}

export interface KeptBlind {
  readonly id: string;
  readonly baseline: string;
  readonly derivative: string;
  readonly left: PairSide;
  readonly createdAtMs: number;
  /** Null before the vote. */
  readonly choice: BlindChoice | null;
  /** Undefined while it is not known what came of both sides. */
  readonly outcomes: OfBoth<Outcome> | undefined;
}

/** Blind comparisons in the store: who stands where is written down when it is drawn. Every method rejects with a `Fault`. */
@Injectable()
export class KeptBlinds {
  private readonly ids = new Ids();

  constructor(private readonly store: Store) {}

  /** Each time that blind ones can be kept again. */
  get openings(): Observable<void> {
    return this.store.openings;
  }

  async add(blind: Pick<KeptBlind, PairSide | 'left'>, voter: string): Promise<string> {
    const id = this.ids.next();
    const { baseline, derivative, left: left_side } = blind;
    await this.use((db) =>
      db
        .insertInto('blinds')
        .values({ id, created_at: madeAtMs(id), voter, baseline, derivative, left_side, choice: null, outcome_json: null })
        .execute(),
    );
    return id;
  }

  async forget(id: string): Promise<void> {
    await this.use((db) => db.deleteFrom('blinds').where('id', '=', id).execute());
  }

  async close(id: string, outcomes: OfBoth<Outcome>): Promise<void> {
    await this.use((db) =>
      db
        .updateTable('blinds')
        .set({ outcome_json: JSON.stringify(outcomes) })
        .where('id', '=', id)
        .execute(),
    );
  }

  /** @throws Fault `not_found` also where it is another voter's */
  async get(id: string, voter: string): Promise<KeptBlind> {
    const row = await this.use(async (db) =>
      isId(id) ? db.selectFrom('blinds').selectAll().where('id', '=', id).where('voter', '=', voter).executeTakeFirst() : undefined,
    );
    if (row === undefined) throw nothingKept('blind comparison');
    const { baseline, derivative, left_side: left, created_at: createdAtMs, choice, outcome_json: outcome } = row;
    return { id, baseline, derivative, left, createdAtMs, choice, outcomes: outcome === null ? undefined : (JSON.parse(outcome) as OfBoth<Outcome>) };
  }

  /** @throws Fault `conflict` the second time */
  async vote({ id, baseline, derivative }: KeptBlind, voter: string, choice: BlindChoice, meant: VoteChoice): Promise<void> {
    const vote = this.ids.next();
    const at = madeAtMs(vote);
    await this.use((db) =>
      db.transaction().execute(async (only) => {
        const { numUpdatedRows } = await only.updateTable('blinds').set({ choice }).where('id', '=', id).where('choice', 'is', null).executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new Fault('conflict', 'You have voted on these two answers already.');
        await only
          .insertInto('votes')
          .values({ id: vote, created_at: at, updated_at: at, comparison_id: null, turn: null, voter, choice: meant, blind: 1, baseline, derivative })
          .execute();
      }),
    );
  }

  private use<Result>(work: (db: Kysely<ComparisonTables>) => Promise<Result>): Promise<Result> {
    return this.store.use(work);
  }
}
