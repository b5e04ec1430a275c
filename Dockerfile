# cdk8s-liqo as an image, for services whose jobs are images: docker run --rm -v "$PWD:/work" cdk8s-liqo check --against …
# Configs import 'cdk8s-liqo': a project with its own packages in node_modules uses those, one that is only judged needs none.
FROM node:24-slim AS build
WORKDIR /package
COPY . .
RUN npm ci --ignore-scripts && npm run build && npm pack --ignore-scripts --pack-destination /tmp

FROM node:24-slim
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/*
COPY --from=build /tmp/cdk8s-liqo-*.tgz /tmp/
RUN npm install --global --omit=dev --ignore-scripts --no-audit --no-fund /tmp/cdk8s-liqo-*.tgz cdk8s@2 constructs@10 \
  && rm -rf /tmp/cdk8s-liqo-*.tgz /root/.npm
# The work tree belongs to whoever mounts it, and git reads none of another owner unless it is told to.
RUN git config --system --add safe.directory '*'
USER node
WORKDIR /work
ENTRYPOINT ["cdk8s-liqo"]
