import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { Failure } from './parts/failure.tsx';
import { Loading } from './parts/loading.tsx';
import { BackPage, SignInPage } from './session/sign-in-page.tsx';
import { currentStanding, useSession } from './session/session.ts';
import { Shell } from './shell/shell.tsx';
import { homeOf } from './shell/sections.ts';
import { NotFound } from './shell/not-found.tsx';
import { dossierSearch } from './dossiers/dossier-search.ts';
import { mandateSearch } from './mandates/mandate-search.ts';
import { agencySearch } from './operator/agency-search.ts';
import { operatorSearch } from './operator/operator-search.ts';
import { copySearch } from './copies/copy-search.ts';
import { overviewSearch } from './overview/overview-search.ts';
import { proposalSearch } from './proposals/proposal-search.ts';
import { registerSearch } from './register/register-search.ts';
import { specimenSearch } from './specimens/specimen-search.ts';
import { useWords } from './words/words.tsx';
import { historySearch } from './auditor/history-search.ts';
import { lookedSearch } from './auditor/looked-search.ts';
import { timelineSearch } from './auditor/timeline-search.ts';
import { booksSearch } from './books/books-search.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/dang-nhap',
  validateSearch: ({ to }: { to?: unknown }): { to?: string } =>
    typeof to === 'string' ? { to } : {},
  component: SignInPage,
});
const back = createRoute({
  getParentRoute: () => root,
  path: '/dang-nhap/xong',
  component: BackPage,
});
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location: { href } }) => {
    if (currentStanding().kind === 'in') return;
    // This is how the router is told.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/dang-nhap', search: { to: href } });
  },
});

/** Everybody begins where their work is. */
function Home() {
  const words = useWords();
  const home = homeOf(useSession(), words);
  return home === undefined ? <p>{words.shell.noAccess}</p> : <Navigate to={home} replace />;
}

const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home });
const books = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/quyensochungthuc',
  validateSearch: booksSearch,
  component: lazyRouteComponent(() => import('./books/books-page.tsx'), 'BooksPage'),
});
const register = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/quyensochungthuc/$bookId',
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('./register/register-page.tsx'), 'RegisterPage'),
});
const dossiers = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/tiep-nhan',
  validateSearch: dossierSearch,
  component: lazyRouteComponent(() => import('./dossiers/dossiers-page.tsx'), 'DossiersPage'),
});
const mandates = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/uy-quyen',
  validateSearch: mandateSearch,
  component: lazyRouteComponent(() => import('./mandates/mandates-page.tsx'), 'MandatesPage'),
});
const proposals = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/de-nghi',
  validateSearch: proposalSearch,
  component: lazyRouteComponent(() => import('./proposals/proposals-page.tsx'), 'ProposalsPage'),
});
const copies = createRoute({
  getParentRoute: () => shell,
  path: '/hoso/cho-ky-so',
  validateSearch: copySearch,
  component: lazyRouteComponent(() => import('./copies/copies-page.tsx'), 'CopiesPage'),
});
const overview = createRoute({
  getParentRoute: () => shell,
  path: '/tong-quan',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
});
const signatures = createRoute({
  getParentRoute: () => shell,
  path: '/tai-khoan/chu-ky',
  validateSearch: specimenSearch,
  component: lazyRouteComponent(() => import('./specimens/specimen-page.tsx'), 'SignaturePage'),
});
const seals = createRoute({
  getParentRoute: () => shell,
  path: '/tai-khoan/con-dau',
  validateSearch: specimenSearch,
  component: lazyRouteComponent(() => import('./specimens/specimen-page.tsx'), 'SealPage'),
});
const history = createRoute({
  getParentRoute: () => shell,
  path: '/kiem-toan/nhat-ky',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./auditor/history-page.tsx'), 'HistoryPage'),
});
const timeline = createRoute({
  getParentRoute: () => shell,
  path: '/kiem-toan/dien-bien',
  validateSearch: timelineSearch,
  component: lazyRouteComponent(() => import('./auditor/timeline-page.tsx'), 'TimelinePage'),
});
const bundle = createRoute({
  getParentRoute: () => shell,
  path: '/kiem-toan/goi',
  component: lazyRouteComponent(() => import('./auditor/bundle-page.tsx'), 'BundlePage'),
});
const looked = createRoute({
  getParentRoute: () => shell,
  path: '/kiem-toan/ai-da-xem',
  validateSearch: lookedSearch,
  component: lazyRouteComponent(() => import('./auditor/looked-page.tsx'), 'LookedPage'),
});
const projections = createRoute({
  getParentRoute: () => shell,
  path: '/van-hanh/bang-doc',
  validateSearch: operatorSearch,
  component: lazyRouteComponent(() => import('./operator/projections-page.tsx'), 'ProjectionsPage'),
});

const agencies = createRoute({
  getParentRoute: () => shell,
  path: '/van-hanh/co-quan',
  validateSearch: agencySearch,
  component: lazyRouteComponent(() => import('./operator/agencies-page.tsx'), 'AgenciesPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    back,
    shell.addChildren([
      home,
      books,
      register,
      dossiers,
      mandates,
      proposals,
      copies,
      overview,
      signatures,
      seals,
      history,
      timeline,
      bundle,
      looked,
      projections,
      agencies,
    ]),
  ]),
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error }) => <Failure error={error} onRetry={() => location.reload()} />,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
