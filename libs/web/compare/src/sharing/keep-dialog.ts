import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, copyText, Dialog, Icon } from '@tandem/web/design';
import { LiveVoting } from '../voting/live-voting';
import { KeepDesk } from './keep-desk';
import { permalinkOf, Sharing } from './sharing';
import { VoteKeeps } from './vote-keeps';

/** Where a comparison is kept on the server: what that means is said, and chosen. */
@Component({
  selector: 'tandem-keep-dialog',
  imports: [Button, Dialog, Icon, RouterLink],
  templateUrl: './keep-dialog.html',
  styleUrl: './keep-dialog.css',
})
export class KeepDialog {
  protected readonly desk = inject(KeepDesk);
  protected readonly sharing = inject(Sharing);
  protected readonly voteKeeps = inject(VoteKeeps);
  private readonly voting = inject(LiveVoting);

  protected readonly isForVote = computed(() => this.desk.waiting() !== undefined);
  protected readonly address = computed(() => {
    const latest = this.sharing.latest();
    return latest && { link: `/comparisons/${latest.id}`, whole: permalinkOf(latest.id) };
  });
  protected readonly isWhole = computed(() => this.sharing.latest() !== undefined && this.sharing.behind() === 0);
  protected readonly newer = computed(() => (this.sharing.behind() === 1 ? '1 turn is' : `${this.sharing.behind()} turns are`));
  protected readonly act = computed(() => {
    if (this.isForVote()) return this.sharing.latest() ? 'Keep again and vote' : 'Keep and vote';
    return this.sharing.latest() ? 'Keep again and copy the address' : 'Keep and copy the address';
  });
  protected readonly isCopied = signal(false);

  constructor() {
    effect(() => this.desk.word.set(this.sharing.word()));
    effect(() => {
      if (!this.desk.isOpen()) return;
      this.isCopied.set(false);
      untracked(() => void this.sharing.look());
    });
  }

  protected async keep(): Promise<void> {
    const id = await this.sharing.keep();
    if (id === undefined) return;
    if (!this.isForVote()) return this.copy();
    this.desk.isOpen.set(false);
    await this.voting.voteWaiting();
  }

  protected async copy(): Promise<void> {
    const address = this.address();
    if (address) this.isCopied.set(await copyText(address.whole));
  }

  protected close(isOpen: boolean): void {
    this.desk.isOpen.set(isOpen);
    if (!isOpen) this.desk.waiting.set(undefined);
  }
}
