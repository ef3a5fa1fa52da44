import { Injectable } from '@nestjs/common';

/** Whether this process takes new work. Draining starts once and never ends. */
@Injectable()
export class Readiness {
  private draining = false;
  private missing: string | null = null;

  get isDraining(): boolean {
    return this.draining;
  }

  /** Why there is nothing yet that could be asked; null where there is. */
  get missingConfig(): string | null {
    return this.missing;
  }

  noteConfig(missing: string | null): void {
    this.missing = missing;
  }

  startDraining(): void {
    this.draining = true;
  }
}
