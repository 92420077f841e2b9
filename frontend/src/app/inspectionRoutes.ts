import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  readConductSearch,
  readFindingSearch,
  readInspectionSearch,
  readNewFindingSearch,
  readUnitSearch,
} from '@/features/inspection/words';
import { mayDo, officer } from './guards';
import { cursorOnly } from './search';

const list = createRoute({
  getParentRoute: () => officer,
  path: '/inspections',
  beforeLoad: mayDo('inspections.work', 'inspections.read'),
  validateSearch: readInspectionSearch,
  component: lazyRouteComponent(() => import('@/routes/inspections'), 'InspectionsPage'),
});

const openOne = createRoute({
  getParentRoute: () => officer,
  path: '/inspections/new',
  beforeLoad: mayDo('inspections.manage'),
  component: lazyRouteComponent(() => import('@/routes/inspection-new'), 'OpenInspectionPage'),
});

const one = createRoute({
  getParentRoute: () => officer,
  path: '/inspections/$id',
  beforeLoad: mayDo('inspections.work', 'inspections.read'),
  component: lazyRouteComponent(() => import('@/routes/inspection'), 'InspectionPage'),
});

const dossiers = createRoute({
  getParentRoute: () => officer,
  path: '/inspections/$id/dossiers',
  beforeLoad: mayDo('inspections.work'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/inspection-dossiers'), 'InspectionDossiersPage'),
});

const sample = createRoute({
  getParentRoute: () => officer,
  path: '/inspections/$id/samples/$sample',
  beforeLoad: mayDo('inspections.work', 'inspections.read'),
  validateSearch: readUnitSearch,
  component: lazyRouteComponent(() => import('@/routes/inspection-sample'), 'InspectionSamplePage'),
});

const makeFinding = createRoute({
  getParentRoute: () => officer,
  path: '/inspections/$id/findings/new',
  beforeLoad: mayDo('inspections.work'),
  validateSearch: readNewFindingSearch,
  component: lazyRouteComponent(() => import('@/routes/finding-new'), 'NewFindingPage'),
});

const findings = createRoute({
  getParentRoute: () => officer,
  path: '/findings',
  beforeLoad: mayDo('findings.read'),
  validateSearch: readFindingSearch,
  component: lazyRouteComponent(() => import('@/routes/findings'), 'FindingsPage'),
});

const finding = createRoute({
  getParentRoute: () => officer,
  path: '/findings/$id',
  beforeLoad: mayDo('findings.read'),
  component: lazyRouteComponent(() => import('@/routes/finding'), 'FindingPage'),
});

const conduct = createRoute({
  getParentRoute: () => officer,
  path: '/conduct-records',
  beforeLoad: mayDo('findings.read'),
  validateSearch: readConductSearch,
  component: lazyRouteComponent(() => import('@/routes/conduct'), 'ConductPage'),
});

const keepConduct = createRoute({
  getParentRoute: () => officer,
  path: '/conduct-records/new',
  beforeLoad: mayDo('conduct_records.keep'),
  component: lazyRouteComponent(() => import('@/routes/conduct-new'), 'NewConductPage'),
});

const conductRecord = createRoute({
  getParentRoute: () => officer,
  path: '/conduct-records/$id',
  component: lazyRouteComponent(() => import('@/routes/conduct-record'), 'ConductRecordPage'),
});

const ownConduct = createRoute({
  getParentRoute: () => officer,
  path: '/my-records',
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/own-conduct'), 'OwnConductPage'),
});

/** The pages of inspections, of what they find, and of commendation and discipline. */
export const inspectionRoutes = [
  list,
  openOne,
  one,
  dossiers,
  sample,
  makeFinding,
  findings,
  finding,
  conduct,
  keepConduct,
  conductRecord,
  ownConduct,
] as const;
