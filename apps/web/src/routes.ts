import { type Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: 'Tandem: compare two models', loadComponent: () => import('@tandem/web/compare').then((room) => room.ComparePage) },
  { path: 'models', title: 'Models · Tandem', loadComponent: () => import('@tandem/web/models').then((room) => room.ModelsPage) },
  { path: 'compare', redirectTo: '' },
  { path: '**', redirectTo: '' },
];
