# The product in one small image: TypeScript is run as it is, so there is nothing to build. See docs/deploy.md.
# Another registry, or a digest: --build-arg BASE=contoso.azurecr.io/node@sha256:…
ARG BASE=docker.io/library/node:24-slim
FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package of the product has a script to run at installation, and none may.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${BASE}
ENV NODE_ENV=production KLUIS_DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY cards ./cards
COPY manifest ./manifest
COPY src ./src
# Only here anything is written: the rest of the file system may be read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3978) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Which release it is: npm run image fills them in.
ARG VERSION=
ARG COMMIT=
ENV KLUIS_COMMIT=$COMMIT
LABEL org.opencontainers.image.title=Kluis org.opencontainers.image.version=$VERSION \
  org.opencontainers.image.revision=$COMMIT org.opencontainers.image.licenses=MIT
# The flag is that of npm start: see src/core/heap.ts.
CMD ["node", "--max-semi-space-size=32", "src/start.js"]
