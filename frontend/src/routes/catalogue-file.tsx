export { CatalogueFileScreen as CatalogueFilePage } from '@/features/upkeep/CatalogueFileScreen';
