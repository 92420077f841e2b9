export { IntakeScreen as IntakePage } from '@/features/intake/IntakeScreen';
