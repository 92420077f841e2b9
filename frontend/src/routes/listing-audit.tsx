export { AuditScreen as ListingAuditPage } from '@/features/upkeep/AuditScreen';
