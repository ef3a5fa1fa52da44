import { Location } from '@angular/common';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

/** Of an address that was mistyped beyond this, in characters, the beginning is told. */
const SHOWN_CHARACTERS = 80;

const WAYS = [
  { path: '/', name: 'Compare', leadsTo: 'one prompt, the answers of two models side by side' },
  { path: '/comparisons', name: 'Kept comparisons', leadsTo: 'what somebody chose to keep on this server' },
  { path: '/chat', name: 'Chat', leadsTo: 'a conversation with one model' },
  { path: '/models', name: 'Models', leadsTo: 'every model there is, and how it is' },
  { path: '/runs', name: 'Runs', leadsTo: 'prompt sets asked of models, and what came of it' },
] as const;

/** What stands at an address where no page is: which one, and the ways from here. */
@Component({
  selector: 'tandem-not-found-page',
  imports: [RouterLink],
  template: `
    <h1>
      There is no page at <code>{{ address }}</code>
    </h1>
    <p>The address may be mistyped. These are the pages:</p>
    <ul>
      @for (way of ways; track way.path) {
        <li>
          <a [routerLink]="way.path">{{ way.name }}</a> <span>{{ way.leadsTo }}</span>
        </li>
      }
    </ul>
  `,
  styleUrl: './not-found-page.css',
})
export class NotFoundPage {
  protected readonly ways = WAYS;
  protected readonly address = shorten(inject(Location).path().split('?', 1)[0] ?? '');
}

function shorten(address: string): string {
  return address.length > SHOWN_CHARACTERS ? `${address.slice(0, SHOWN_CHARACTERS)}…` : address;
}
