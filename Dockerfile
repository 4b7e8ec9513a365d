# One image for web, worker and the command line; see docker-compose.yml.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf .next/cache

FROM node:20-bookworm-slim
WORKDIR /app
RUN mkdir -m 700 /data && chown node:node /data
COPY --from=build /app ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/web.js"]
