# syntax=docker/dockerfile:1
# The image of Imagine: docs/deploy.md. To pin the base, write its digest behind the tag, as this command prints it:
#   docker buildx imagetools inspect node:24-slim    (then: node:24-slim@sha256:…)
# Every command runs on the builder's own platform: emulating the image's is slow or fails, and npm can install packages for
# another platform.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script: sharp comes prebuilt.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && find dist -name '*.map' -delete

FROM --platform=$BUILDPLATFORM node:24-slim AS packages
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json ./
# Docker says amd64 for what npm calls x64.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
      --os=linux --libc=glibc --cpu="$(echo "$TARGETARCH" | sed s/amd64/x64/)"

FROM node:24-slim
LABEL org.opencontainers.image.title="Imagine" \
      org.opencontainers.image.description="A Slack app that draws four images from a few words and lets you keep one." \
      org.opencontainers.image.licenses="MIT"
# Two of glibc's memory arenas instead of eight a core: the threads that read images need 70 MB less at their peak.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json deploy/container/health-check.mjs ./
# The app writes nothing to its disk, so all of it stays root's: run it with --read-only.
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["node", "health-check.mjs"]
# Not npm: SIGTERM must reach the app, which then finishes what it draws.
CMD ["node", "dist/main.js"]
