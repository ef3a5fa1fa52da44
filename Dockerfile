# syntax=docker/dockerfile:1
# Builds Tandem and its CPU-only runtime image.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV CI=true NX_DAEMON=false NX_TUI=false
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# What runs needs neither the build tools nor the binding's CUDA and Vulkan packages (600 MB).
RUN npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@node-llama-cpp/*-cuda* node_modules/@node-llama-cpp/*-vulkan*

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production PORT=8080 LOG_FORMAT=json
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/checkpoints ./checkpoints
COPY --from=build --chown=root:root /app/package.json /app/config.json ./
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/main.js"]
