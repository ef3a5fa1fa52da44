import { type Routes, type UrlMatcher } from '@angular/router';

/** One route for `/chat` and `/chat/<conversation>`: going from one to the other keeps the page. */
const chat: UrlMatcher = (segments) => {
  const [page, id, more] = segments;
  return page?.path === 'chat' && !more ? { consumed: segments, posParams: id ? { id } : {} } : null;
};

export const routes: Routes = [
  { path: '', pathMatch: 'full', title: 'Tandem: compare two models', loadComponent: () => import('@tandem/web/compare').then((room) => room.ComparePage) },
  { matcher: chat, title: 'Chat · Tandem', loadComponent: () => import('@tandem/web/chat').then((room) => room.ChatPage) },
  { path: 'models', title: 'Models · Tandem', loadComponent: () => import('@tandem/web/models').then((room) => room.ModelsPage) },
  { path: 'runs', title: 'Runs · Tandem', loadComponent: () => import('@tandem/web/runs').then((room) => room.RunsPage) },
  { path: 'runs/new', title: 'New run · Tandem', loadComponent: () => import('@tandem/web/runs').then((room) => room.NewRunPage) },
  { path: 'runs/:run', title: 'Run · Tandem', loadComponent: () => import('@tandem/web/runs').then((room) => room.RunPage) },
  {
    path: 'comparisons',
    title: 'Kept comparisons · Tandem',
    loadComponent: () => import('@tandem/web/compare/result').then((room) => room.KeptPage),
  },
  {
    path: 'comparisons/:id',
    title: 'A kept comparison · Tandem',
    loadComponent: () => import('@tandem/web/compare/result').then((room) => room.ResultPage),
  },
  { path: 'compare', redirectTo: '' },
  { path: 'index.html', redirectTo: '' },
  { path: '**', title: 'Nothing here · Tandem', loadComponent: () => import('./not-found-page').then((page) => page.NotFoundPage) },
];
