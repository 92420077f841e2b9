export { RolesScreen as RolesPage } from '@/features/account/RolesScreen';
