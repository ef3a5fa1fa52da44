import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { UndoNote } from '@tandem/web/design';
import { KeptList, Ranking } from '@tandem/web/kept';
import { ModelsStore } from '@tandem/web/model-status';

/** All comparisons that the server keeps. */
@Component({
  selector: 'tandem-kept-page',
  imports: [KeptList, Ranking, RouterLink, UndoNote],
  templateUrl: './kept-page.html',
  styleUrl: './kept-page.css',
})
export class KeptPage {
  constructor() {
    // by their titles
    inject(ModelsStore).follow();
  }
}
