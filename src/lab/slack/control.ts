import { randomBytes } from 'node:crypto';
import express, { type Router } from 'express';
import { badBody } from '../control/bad-body.ts';
import { eventStream } from '../control/event-stream.ts';
import * as administration from './administration.ts';
import { asked, posted } from './control-answer.ts';
import * as actions from './interactions/actions.ts';
import type { EmulatorParts } from './emulator-parts.ts';
import { close, closeSchema, submit, submitSchema } from './interactions/modal.ts';
import { jsonRequest } from './interactions/payloads.ts';
import { press, pressSchema } from './interactions/press.ts';
import { say, saySchema } from './interactions/say.ts';
import { slackFaultSchema } from './slack-faults.ts';
import { authorize, authorizeSchema } from './oauth.ts';
import * as reads from './slack-reads.ts';
import { suggest, suggestSchema } from './interactions/suggest.ts';
import { z } from 'zod';

/** `/_slack/…`: what people do in Slack, what its administrators do, and what goes wrong there. */
export function controlRouter(parts: EmulatorParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  addReads(router, parts);
  addInteractions(router, parts);
  addEndpointTests(router, parts);
  addAdministration(router, parts);
  router.use(badBody);
  return router;
}

function addReads(router: Router, parts: EmulatorParts): void {
  router.get(
    '/people',
    asked(z.object({}), () => reads.peopleView(parts)),
  );
  router.get(
    '/conversations',
    asked(reads.lookSchema, (query) => reads.conversationsView(parts, query)),
  );
  router.get(
    '/messages',
    asked(reads.messagesSchema, (query) => reads.messagesView(parts, query)),
  );
  router.get(
    '/views',
    asked(reads.lookSchema, (query) => reads.viewsView(parts, query)),
  );
  const log = asked(reads.sinceSchema, ({ since }) => ({
    status: 200,
    body: { requests: parts.traffic.since(since) },
  }));
  router.get('/requests', log);
  router.get('/events', eventStream(parts));
}

function addInteractions(router: Router, parts: EmulatorParts): void {
  router.post(
    '/say',
    posted(saySchema, (body) => say(parts, body)),
  );
  router.post(
    '/press',
    posted(pressSchema, (body) => press(parts, body)),
  );
  router.post(
    '/suggest',
    posted(suggestSchema, (body) => suggest(parts, body)),
  );
  router.post(
    '/submit',
    posted(submitSchema, (body) => submit(parts, body)),
  );
  router.post(
    '/close',
    posted(closeSchema, (body) => close(parts, body)),
  );
  router.post(
    '/type',
    posted(actions.typeSchema, (body) => actions.type(parts, body)),
  );
  router.post(
    '/open',
    posted(actions.openSchema, (body) => actions.open(parts, body)),
  );
  router.post(
    '/shortcut',
    posted(actions.shortcutSchema, (body) => actions.shortcut(parts, body)),
  );
}

function addEndpointTests(router: Router, parts: EmulatorParts): void {
  router.post(
    '/deliver',
    posted(actions.deliverSchema, (body) => actions.deliver(parts, body)),
  );
  router.post(
    '/redeliver',
    posted(actions.redeliverSchema, (body) => actions.redeliver(parts, body)),
  );
  const verify = async () => {
    const challenge = randomBytes(16).toString('hex');
    const bot = await parts.line.send(
      jsonRequest({ type: 'url_verification', challenge, token: 'kluis-lab-verification' }),
    );
    return { status: 200, body: { challenge, bot } };
  };
  router.post(
    '/authorize',
    posted(authorizeSchema, (body) => authorize(parts, body)),
  );
  router.post('/verify', posted(z.object({}), verify));
}

function addAdministration(router: Router, parts: EmulatorParts): void {
  const { channelSchema, personSchema, deleteSchema, installationSchema, settingsSchema } = administration;
  router.post(
    '/channel',
    posted(channelSchema, (body) => administration.setChannel(parts, body)),
  );
  router.post(
    '/person',
    posted(personSchema, (body) => administration.setPerson(parts, body)),
  );
  router.post(
    '/delete',
    posted(deleteSchema, (body) => administration.deleteMessage(parts, body)),
  );
  router.post(
    '/installation',
    posted(installationSchema, (body) => administration.setInstallation(parts, body)),
  );
  router.post(
    '/settings',
    posted(settingsSchema, (body) => administration.setSettings(parts, body)),
  );
  const { faults, traffic, space } = parts;
  const add = posted(slackFaultSchema as z.ZodType<z.output<typeof slackFaultSchema>>, (fault) => {
    faults.add(fault);
    return { status: 201, body: { faults: faults.list() } };
  });
  router.post('/faults', add);
  router.get('/faults', (_request, response) => void response.json({ faults: faults.list() }));
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json({ faults: [] });
  });
  router.post('/reset', (_request, response) => {
    traffic.clear();
    faults.clear();
    space.reset();
    response.json({});
  });
}
