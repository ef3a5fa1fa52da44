export interface Slot {
  /** Gives it back, or gives up waiting. */
  leave(): void;
}

interface Waiting {
  readonly client: string;
  readonly begin: () => void;
}

/**
 * Lets only a few large bodies be held at the same time, and of one client only some of them: each may take several times
 * its size. The others wait in the order in which they came.
 */
export class BodySlots {
  private readonly waiting: Waiting[] = [];
  private readonly taken = new Map<string, number>();
  private free: number;

  constructor(
    slots: number,
    private readonly perClient: number,
  ) {
    this.free = slots;
  }

  /** `onTaken` is called once there is a slot, at once where there is one. */
  take(client: string, onTaken: () => void): Slot {
    let state: 'waiting' | 'taken' | 'left' = 'waiting';
    const waiting: Waiting = {
      client,
      begin: () => {
        state = 'taken';
        onTaken();
      },
    };
    this.waiting.push(waiting);
    this.pass();
    return {
      leave: () => {
        if (state === 'waiting') this.waiting.splice(this.waiting.indexOf(waiting), 1);
        if (state === 'taken') this.giveBack(client);
        state = 'left';
      },
    };
  }

  private giveBack(client: string): void {
    const left = (this.taken.get(client) ?? 1) - 1;
    if (left === 0) this.taken.delete(client);
    else this.taken.set(client, left);
    this.free += 1;
    this.pass();
  }

  /** Who has waited longest and has not all that one client may have. */
  private pass(): void {
    while (this.free > 0) {
      const next = this.waiting.findIndex(({ client }) => (this.taken.get(client) ?? 0) < this.perClient);
      const [waiting] = next === -1 ? [] : this.waiting.splice(next, 1);
      if (waiting === undefined) return;
      this.free -= 1;
      this.taken.set(waiting.client, (this.taken.get(waiting.client) ?? 0) + 1);
      waiting.begin();
    }
  }
}
