#!/usr/bin/env bash
# Builds the image: with Docker or Podman where there is one, else with buildah, which needs no daemon. Where its base
# image cannot be pulled, a base is made from Debian's packages and the Node of this tree (buildah, debootstrap, root).
#   npm run image [-- name:tag]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tag=${1:-kluis:latest}
base=$(sed -n 's/^FROM \(\S*\) AS .*/\1/p' Dockerfile)

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
  if "$engine" info >/dev/null 2>&1; then exec "$engine" build --tag "$tag" .; fi
done
if ! command -v buildah >/dev/null; then
  echo 'There is no container engine. Install Docker, Podman or buildah (Debian: apt-get install buildah debootstrap).' >&2
  exit 2
fi

build=(buildah build --format docker --isolation chroot --tag "$tag")
build+=(--ulimit "nofile=$(ulimit -Sn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Su):$(ulimit -Hu)")
if ! buildah pull --quiet "docker.io/library/$base" >/dev/null 2>&1; then
  echo "$base cannot be pulled: its stand-in is made from Debian's packages" >&2
  buildah inspect --type image kluis-base >/dev/null 2>&1 || make_base
  # The way to the packages is this machine's: its settings of npm and the CAs that it trusts.
  build+=(--build-context "$base=container-image://localhost/kluis-base" --volume /etc/ssl/certs:/etc/ssl/certs:ro)
  mount_npmrc "$(npm config get userconfig)" /root/.npmrc
  mount_npmrc "$(npm config get globalconfig)" /usr/local/etc/npmrc
fi
"${build[@]}" .
