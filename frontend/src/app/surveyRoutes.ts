import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { officer, root, workOf } from './guards';
import { given, text } from './search';

const questionnaires = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/questionnaires',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/questionnaires'), 'QuestionnairesPage'),
});

const newQuestionnaire = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/questionnaires/new',
  beforeLoad: workOf('admin'),
  validateSearch: (raw: Record<string, unknown>): { from?: string } => given({ from: text(raw.from) }),
  component: lazyRouteComponent(() => import('@/routes/new-questionnaire'), 'NewQuestionnairePage'),
});

const questionnaire = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/questionnaires/$id',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/questionnaire'), 'QuestionnairePage'),
});

const surveyDevices = createRoute({
  getParentRoute: () => officer,
  path: '/surveys/devices',
  beforeLoad: workOf('admin'),
  component: lazyRouteComponent(() => import('@/routes/survey-devices'), 'SurveyDevicesPage'),
});

/** What people are asked, and what they answered. */
export const surveyRoutes = [questionnaires, newQuestionnaire, questionnaire, surveyDevices] as const;

/** The page of a kiosk or tablet: nobody is signed in there, and nothing stands around it. */
export const kioskSurvey = createRoute({
  getParentRoute: () => root,
  path: '/kiosk/survey',
  component: lazyRouteComponent(() => import('@/routes/kiosk-survey'), 'KioskSurveyPage'),
});
