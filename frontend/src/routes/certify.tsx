export { CertifyScreen as CertifyPage } from '@/features/certification/CertifyScreen';
