import express, { type Router } from 'express';
import { faulty } from '../faults.ts';
import { createConversation } from './create-conversation.ts';
import { listMembers, oneMember, pagedMembers } from './members.ts';
import { editMessage, postMessage, removeMessage } from './bot-messages.ts';
import { connectorRefusals, refuse } from '../refusal.ts';
import { recorded } from '../recorded.ts';
import type { ConnectorParts } from './lab-parts.ts';

/** The largest body that is read at all; Teams' own limit is checked later, with Teams' own response. */
const limit = '1mb';

/**
 * The part of the Bot Framework connector that a Teams bot uses: it creates conversations, sends, edits and deletes
 * messages (including targeted ones), and lists members. Statuses and error bodies are those of the real service.
 */
export function connectorRouter(parts: ConnectorParts): Router {
  const router = express.Router();
  router.use((request, _response, next) => {
    // Service URLs end in a slash; a client that adds another one is accepted, as by the real service.
    request.url = request.url.replace(/^\/{2,}/, '/');
    next();
  });
  router.use(express.json({ limit }), recorded(parts.traffic), faulty(parts.faults));
  router.post('/v3/conversations', createConversation(parts));
  router.post('/v3/conversations/:conversation/activities', postMessage(parts));
  router.post('/v3/conversations/:conversation/activities/:activity', postMessage(parts));
  router.put('/v3/conversations/:conversation/activities/:activity', editMessage(parts));
  router.delete('/v3/conversations/:conversation/activities/:activity', removeMessage(parts));
  router.get('/v3/conversations/:conversation/members', listMembers);
  router.get('/v3/conversations/:conversation/pagedmembers', pagedMembers);
  router.get('/v3/conversations/:conversation/members/:member', oneMember);
  router.use((_request, response) => refuse(response, connectorRefusals.noRoute));
  return router;
}
