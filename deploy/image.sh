#!/usr/bin/env bash
# Builds the image: with Docker or Podman where there is one, else with buildah, which needs no daemon. Where its base
# image cannot be pulled, a base is made from Debian's packages and the Node of this tree (buildah, debootstrap, root).
#   [BASE=contoso.azurecr.io/node@sha256:…] npm run image [-- name:tag]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tag=${1:-kluis:latest}
base=${BASE:-$(sed -n 's/^ARG BASE=//p' Dockerfile)}
told=(--build-arg "VERSION=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)")
told+=(--build-arg "COMMIT=$(git rev-parse HEAD 2>/dev/null || true)")

mount_npmrc() { [ ! -r "$1" ] || build+=(--volume "$1:$2:ro"); }

make_base() {
  local made into release
  made=$(buildah from scratch)
  into=$(buildah mount "$made")
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  debootstrap --variant=minbase --include=ca-certificates "$release" "$into" >/dev/null
  install -m 755 node_modules/.bin/node "$into/usr/local/bin/node"
  cp -RL "$(npm root --global)/npm" "$into/usr/local/lib/npm"
  ln -s ../lib/npm/bin/npm-cli.js "$into/usr/local/bin/npm"
  chroot "$into" useradd --uid 1000 --create-home node
  rm -rf "$into"/var/cache/apt/* "$into"/var/lib/apt/lists/* "$into"/usr/share/{doc,locale,man}
  buildah commit --quiet --rm "$made" kluis-base >/dev/null
}

for engine in docker podman; do
  if "$engine" info >/dev/null 2>&1 && "$engine" pull --quiet "$base" >/dev/null; then
    exec "$engine" build --build-arg "BASE=$base" "${told[@]}" --tag "$tag" .
  fi
done
if ! command -v buildah >/dev/null; then
  echo "No container engine here pulls $base. Install Docker, Podman or buildah (Debian: apt-get install buildah debootstrap), or set BASE." >&2
  exit 2
fi

build=(buildah build --format docker --isolation chroot --tag "$tag" "${told[@]}")
build+=(--ulimit "nofile=$(ulimit -Sn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Su):$(ulimit -Hu)")
if ! buildah pull --quiet "$base" >/dev/null 2>&1; then
  echo "$base cannot be pulled: its stand-in is made from Debian's packages" >&2
  buildah inspect --type image kluis-base >/dev/null 2>&1 || make_base
  # The way to the packages is this machine's: its settings of npm and the CAs that it trusts.
  base=localhost/kluis-base
  build+=(--volume /etc/ssl/certs:/etc/ssl/certs:ro)
  mount_npmrc "$(npm config get userconfig)" /root/.npmrc
  mount_npmrc "$(npm config get globalconfig)" /usr/local/etc/npmrc
fi
"${build[@]}" --build-arg "BASE=$base" .
