export { OrganisationScreen as OrganisationPage } from '@/features/centre/OrganisationScreen';
