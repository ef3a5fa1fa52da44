# Builds Tandem, then a small image with what a running server reads: CPU only, no root, nothing written outside /tmp.
# Images of others are named by their digests; docs/deployment.md says how to renew them.

FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /app
ENV CI=true NX_DAEMON=false NX_TUI=false
COPY package.json package-lock.json ./
COPY tools/keep-own-binary.mjs tools/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-audit --no-fund \
 && node tools/slim.mjs

FROM debian:bookworm-slim@sha256:3783cc01769c7b2b1b83a5c5ad96c815348e28ed7da68e2e3687004faa906251
# tini passes signals on and collects what ended; ca-certificates for model servers and S3 over https.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libstdc++6 tini \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
 && groupadd --gid 10001 tandem \
 && useradd --uid 10001 --gid tandem --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tandem \
 && install -d -o tandem -g tandem /app/.tandem
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/checkpoints ./checkpoints
COPY --from=build /app/package.json /app/config.json ./
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--import=data:text/javascript,import{setSourceMapsSupport}from'node:module';setSourceMapsSupport(true)", "--max-semi-space-size=16", "dist/apps/api/main.js"]
