export { KioskScreen as KioskSurveyPage } from '@/features/kiosk/KioskScreen';
