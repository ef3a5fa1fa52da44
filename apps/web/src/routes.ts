import { type Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: 'Tandem: compare two models', loadComponent: () => import('@tandem/web/compare').then((room) => room.ComparePage) },
  { path: 'compare', redirectTo: '' },
  { path: '**', redirectTo: '' },
];
