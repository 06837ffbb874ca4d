import express, { type Router } from 'express';
import { z } from 'zod';
import { eventStream } from './event-stream.ts';
import { faultSchema } from '../faults.ts';
import type { LabParts } from '../teams/lab-parts.ts';
import { bot, people, team, tenantId } from '../people.ts';
import { redeliver } from '../teams/redeliver.ts';
import { pressRequest } from './press-request.ts';
import { refuse } from '../refusal.ts';
import { actorFields, asked, inPlace, malformed, noSuchPlace, openPlace, personKey } from '../teams/requests.ts';
import { sayRequest } from './say-request.ts';
import { searchRequest } from './search-request.ts';
import { conversationsView, conversationView } from './views.ts';

/** The lab's own API: the page, tests and scripts use it. */
export function apiRouter(parts: LabParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: '512kb' }));
  addReads(router, parts);
  addInteractions(router, parts);
  addControls(router, parts);
  router.post('/redeliver', redeliver(parts));
  return router;
}

function addReads(router: Router, parts: LabParts): void {
  const { chat, traffic, now, commands, hasSlack } = parts;
  router.get('/people', (_request, response) => {
    const everybody = Object.values(people).map(({ key, name, timeZone }) => ({ key, name, timeZone }));
    response.json({ people: everybody, team, bot, tenantId, commands, hasSlack });
  });
  const list = asked({ as: personKey }, (response, { as }) => {
    response.json({ conversations: conversationsView(chat, as), locale: chat.locale(as) });
  });
  const history = z.enum(['all', 'none']).default('all');
  /** An id: messages from this one on. */
  const since = z.coerce.number().default(0);
  const one = asked({ as: personKey, history, since }, (response, { as, history, since }, request) => {
    const place = openPlace(chat, { id: String(request.params['conversation']), key: as });
    if (!place) return refuse(response, noSuchPlace);
    response.json(conversationView(chat, { place, key: as, now: now(), since, history }));
  });
  const log = asked({ since: z.coerce.number().int().default(0) }, (response, { since }) => {
    response.json({ activities: traffic.since(since) });
  });
  router.get('/conversations', list);
  router.get('/conversations/:conversation', one);
  router.get('/activities', log);
  router.get('/events', eventStream(parts));
}

function addInteractions(router: Router, parts: LabParts): void {
  const { chat, interactions } = parts;
  const open = inPlace(chat, {
    schema: z.object(actorFields),
    handle: async (response, { actor }) => {
      await interactions.open(actor);
      response.json({ conversation: actor.place.id, opened: chat.isOpened(actor.place) });
    },
  });
  router.post('/open', open);
  router.post('/say', inPlace(chat, sayRequest(parts)));
  router.post('/press', inPlace(chat, pressRequest(parts)));
  router.post('/search', inPlace(chat, searchRequest(parts)));
}

function addControls(router: Router, { chat, traffic, faults }: LabParts): void {
  router.get('/faults', (_request, response) => void response.json({ faults: faults.list() }));
  router.post('/faults', (request, response) => {
    const fault = faultSchema.safeParse(request.body);
    if (!fault.success) return refuse(response, malformed(fault.error));
    faults.add(fault.data);
    response.status(201).json({ faults: faults.list() });
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json({ faults: [] });
  });
  router.post('/reset', async (_request, response) => {
    traffic.clear();
    faults.clear();
    await chat.reset();
    response.json({});
  });
}
