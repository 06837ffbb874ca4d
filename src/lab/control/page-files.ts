import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import helmet from 'helmet';

/** Only this server's files run; styles may be inline because the card renderer sets them; cards may show images. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'https:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/**
 * The security headers of everything the lab serves. Plain http on loopback: nothing is upgraded or pinned to https.
 */
export function labHeaders() {
  return helmet({ contentSecurityPolicy, strictTransportSecurity: false, crossOriginEmbedderPolicy: false });
}

/** The page with its modules, and the two libraries that it renders with, from the installed packages. */
export function pageRouter(): Router {
  const router = express.Router();
  const folder = fileURLToPath(new URL('../page/', import.meta.url));
  const { resolve } = createRequire(import.meta.url);
  const library = (file: string) => express.static(file, { cacheControl: false });
  router.use('/_lab/page/adaptivecards.js', library(resolve('adaptivecards/dist/adaptivecards.min.js')));
  router.use('/_lab/page/markdown-it.js', library(resolve('markdown-it/browser')));
  router.use('/_lab/page', express.static(folder, { cacheControl: false, index: false }));
  router.get('/', (_request, response) => response.sendFile('index.html', { root: folder }));
  return router;
}
