export { PayerScreen as TillScreenPage } from '@/features/payment/PayerScreen';
