import { Injectable } from '@nestjs/common';

/** Whether this process takes new work. Draining starts once and never ends. */
@Injectable()
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  startDraining(): void {
    this.draining = true;
  }
}
