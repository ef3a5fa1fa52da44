import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { HistoryStore } from './history-store';

/** In place of a conversation that is not here: why, and the ways out. */
@Component({
  selector: 'tandem-missing',
  imports: [RouterLink],
  template: `
    <h2>This conversation is not here</h2>
    <p>Conversations are kept by the browser they were held in. It was deleted, belongs to another browser, or the address is mistyped.</p>
    <ul>
      <li><a class="first" routerLink="/chat">New chat</a></li>
      @if (history.newest(); as newest) {
        <li>
          <a [routerLink]="['/chat', newest.id]">Latest: {{ newest.title || 'Untitled' }}</a>
        </li>
      }
    </ul>
  `,
  styleUrl: './missing.css',
})
export class Missing {
  protected readonly history = inject(HistoryStore);
}
