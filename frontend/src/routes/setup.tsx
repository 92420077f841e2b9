export { SetupScreen as SetupPage } from '@/features/setup/SetupScreen';
