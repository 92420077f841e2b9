export { QuestionnairesScreen as QuestionnairesPage } from '@/features/survey/QuestionnairesScreen';
