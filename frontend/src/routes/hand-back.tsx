export { HandBackScreen as HandBackPage } from '@/features/dossier/HandBackScreen';
