export { BoardScreen as PublicBoardPage } from '@/features/upkeep/BoardScreen';
