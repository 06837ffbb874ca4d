import type { RenderContext } from '../../src/message/card-data.ts';
import { cardKinds } from '../support/cards/kinds.ts';
import type { Kinds } from '../support/cards/readiness-kinds.ts';
import { mockUp } from './mock-ups.ts';

/** The mock-ups that say something else than each of the product's own cards. */
const mockUps = [
  ...(['ready', 'accessMissing', 'blocked', 'progress', 'succeeded', 'failed', 'help', 'forecast', 'digest'] as const),
  ...(['choose', 'chooseOfMany', 'notice', 'drillsAllowed'] as const),
  ...(['requestSuperseded', 'requestExpired', 'requestWithdrawn', 'requestRevoked'] as const),
];

const fileName = (name: string) => `mock-up-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Every kind of card as the product draws it, and the mock-ups. */
export const everyCard: Kinds = {
  ...cardKinds,
  ...Object.fromEntries(mockUps.map((name) => [fileName(name), (look: RenderContext) => mockUp(name, look)])),
};
