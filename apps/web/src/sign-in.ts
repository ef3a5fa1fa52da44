import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { SessionStore } from '@tandem/web/data-access';
import { Button } from '@tandem/web/design';

/** In place of every page while the server wants an access token. A form, so that a password manager can fill it in. */
@Component({
  selector: 'tandem-sign-in',
  imports: [Button],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.css',
})
export class SignIn {
  private readonly session = inject(SessionStore);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  protected readonly fault = signal('');
  protected readonly isAsking = signal(false);

  protected async submit(): Promise<void> {
    const input = this.box().nativeElement;
    const token = input.value.trim();
    if (this.isAsking()) return;
    if (token === '') {
      this.refuse('Enter the access token.');
      return;
    }
    this.isAsking.set(true);
    const fault = await this.session.signIn(token);
    this.isAsking.set(false);
    if (fault) this.refuse(fault.message);
    // everything that was refused before is asked for again
    else location.reload();
  }

  private refuse(why: string): void {
    this.fault.set(why);
    this.box().nativeElement.focus();
  }
}
