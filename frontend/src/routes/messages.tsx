export { MessageSettingsScreen as MessagesPage } from '@/features/message/MessageSettingsScreen';
