export { DevicesScreen as SurveyDevicesPage } from '@/features/survey/DevicesScreen';
