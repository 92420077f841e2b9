export { AccountScreen as AccountPage } from '@/features/account/AccountScreen';
