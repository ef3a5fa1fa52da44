import { Component, computed, input } from '@angular/core';
import type { RunSummary } from '@tandem/shared/contracts';
import { figureRows } from './figure-rows';

/** Every figure of a run: a measure a row, a model a column. */
@Component({
  selector: 'tandem-figure-table',
  template: `
    <div class="scroller" tabindex="0" role="region" aria-label="All figures">
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            @for (side of summary().measures; track side.model) {
              <th scope="col" [class]="$first ? 'baseline' : 'derivative'">{{ titleOf()(side.model) }}</th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.name) {
            <tr>
              <th scope="row">
                {{ row.name }} <span class="note">{{ row.hint }}</span>
              </th>
              @for (cell of row.cells; track $index) {
                <td>
                  {{ cell.value }} <span class="note">{{ cell.note }}</span>
                </td>
              }
            </tr>
          }
        </tbody>
      </table>
    </div>
    <p class="hint">Intervals are of 95 %; the repeats of a prompt count as one.</p>
  `,
  styleUrl: './figure-table.css',
})
export class FigureTable {
  readonly summary = input.required<RunSummary>();
  readonly titleOf = input.required<(id: string) => string>();

  protected readonly rows = computed(() => figureRows(this.summary()));
}
