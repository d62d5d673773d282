# The index in a container. It builds the index and prints its top tens; what it builds stays in the volume:
#   docker build --tag council-productivity .
#   docker run --rm --volume council-productivity:/index/warehouse council-productivity
FROM python:3.11-slim-bookworm AS tools
# Debian keeps only the newest version of a package: one that is named cannot be had for long.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /bin/bash builder \
    && install --directory --owner 1000 --group 1000 /index /index/warehouse
ENV PIP_NO_CACHE_DIR=1

FROM tools AS index
USER 1000
WORKDIR /index
# Packages are installed anew only when their lock changes.
COPY --chown=1000:1000 Makefile requirements.lock ./
RUN make .venv/.installed
COPY --chown=1000:1000 . .
CMD ["make", "index"]
