import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isQuarter } from '@/features/surveyresult/quarter';
import type { PublicResultsSearch } from '@/features/surveyresult/PublicResultsScreen';
import type { ResultsSearch } from '@/features/surveyresult/ResultsScreen';
import { isUnitState, type SampleSearch } from '@/features/surveysample/words';
import { officer, open, workOf } from './guards';
import { cursorOnly, given, text } from './search';

const quarter = (value: unknown) => (isQuarter(value) ? value : undefined);

const surveyResults = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/results',
  validateSearch: (raw: Record<string, unknown>): ResultsSearch =>
    given({ quarter: quarter(raw.quarter), questionnaire: text(raw.questionnaire) }),
  component: lazyRouteComponent(() => import('@/routes/survey-results'), 'SurveyResultsPage'),
});

const ownSurveyResults = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/mine',
  validateSearch: (raw: Record<string, unknown>): { quarter?: string } =>
    given({ quarter: quarter(raw.quarter) }),
  component: lazyRouteComponent(() => import('@/routes/survey-mine'), 'OwnSurveyResultsPage'),
});

const surveyRemarks = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/remarks',
  beforeLoad: workOf('leader', 'director', 'inspector'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/survey-remarks'), 'SurveyRemarksPage'),
});

const surveySamples = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/samples',
  beforeLoad: workOf('director', 'inspector'),
  validateSearch: cursorOnly,
  component: lazyRouteComponent(() => import('@/routes/survey-samples'), 'SurveySamplesPage'),
});

const surveySample = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/samples/$id',
  beforeLoad: workOf('director', 'inspector'),
  validateSearch: (raw: Record<string, unknown>): SampleSearch =>
    given({ state: isUnitState(raw.state) ? raw.state : undefined, cursor: text(raw.cursor) }),
  component: lazyRouteComponent(() => import('@/routes/survey-sample'), 'SurveySamplePage'),
});

const surveyFieldList = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/samples/$id/list',
  beforeLoad: workOf('director', 'inspector'),
  component: lazyRouteComponent(() => import('@/routes/survey-field-list'), 'SurveyFieldListPage'),
});

/** What people answered, and the samples of those who are asked. */
export const surveyResultRoutes = [
  surveyResults,
  ownSurveyResults,
  surveyRemarks,
  surveySamples,
  surveySample,
  surveyFieldList,
] as const;

/** What anybody may know of it. */
export const publicSurveyResults = createRoute({
  getParentRoute: () => open,
  path: '/ket-qua-khao-sat',
  validateSearch: (raw: Record<string, unknown>): PublicResultsSearch =>
    given({ noi: text(raw.noi), quy: quarter(raw.quy), phieu: text(raw.phieu) }),
  component: lazyRouteComponent(() => import('@/routes/public-survey-results'), 'PublicSurveyResultsPage'),
});
