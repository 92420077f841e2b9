import type { AuthorisationScope, Channel, DeliveryMethod, PersonKind } from '@/shared/api/types';

/** What can be chosen at the counter, in the order in which it is offered. */
export const personKinds: PersonKind[] = ['citizen', 'business', 'state_body', 'organisation', 'other'];
export const authorisationScopes: AuthorisationScope[] = ['both', 'submit', 'collect'];
export const channels: Channel[] = ['counter', 'post', 'home'];
export const deliveryMethods: DeliveryMethod[] = ['counter', 'post', 'home', 'electronic'];
