#!/usr/bin/env bash
# Starts what `npm run image` built, as an unprivileged user on a read-only root, asks it something, and ends it: for
# machines without a container engine (buildah, root). Azure and Teams are not reached.
set -euo pipefail
port=${PORT:-39781}
container=$(buildah from "${1:-kluis:latest}")
root=$(mktemp -d)
mount --bind "$(buildah mount "$container")" "$root"
mount -o remount,ro,bind "$root"
mount -t tmpfs -o uid=1000,gid=1000 tmpfs "$root/data"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind /dev "$root/dev"
clean() {
  for part in dev tmp data ''; do umount "$root/$part"; done
  rmdir "$root"
  buildah rm "$container" >/dev/null
}
trap clean EXIT

now() { date +%s%3N; }
guid() { echo "00000000-0000-4000-8000-00000000000$1"; }
started=$(now)
env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin NODE_ENV=production KLUIS_DATA_DIR=/data KLUIS_EMBEDDED_DATABASE=1 \
  HOST=127.0.0.1 PORT="$port" KLUIS_AZURE=azure AZURE_SUBSCRIPTION_IDS="$(guid 1)" AZURE_TENANT_ID="$(guid 2)" \
  AZURE_CLIENT_ID="$(guid 3)" MicrosoftAppId="$(guid 4)" MicrosoftAppPassword=not-a-secret MicrosoftAppTenantId="$(guid 2)" \
  LOG_LEVEL=silent chroot --userspec=1000:1000 "$root" /bin/sh -c 'cd /app && exec node --max-semi-space-size=32 src/start.js' &
child=$!
until curl --fail --silent "http://127.0.0.1:$port/readyz"; do
  kill -0 "$child"
  sleep 0.2
done
echo; echo "ready after $(($(now) - started)) ms, $(ps -o rss= -p "$child" | awk '{ print int($1 / 1024) }') MB, as user $(ps -o uid= -p "$child")"
echo "a message without a token: $(curl --silent --output /dev/null --write-out '%{http_code}' -X POST \
  -H 'content-type: application/json' -d '{"type":"message","channelId":"msteams"}' "http://127.0.0.1:$port/api/messages")"
stopping=$(now)
kill -TERM "$child"
wait "$child"
echo "SIGTERM: ended with 0 after $(($(now) - stopping)) ms"
