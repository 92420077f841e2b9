# motcua in a small image: pages, then the program that carries them, then nothing but the program.
#
#     docker build -t motcua .
#
# The versions are those of frontend/package.json and rust-toolchain.toml.

FROM node:20-bookworm-slim AS pages
WORKDIR /src
# Packages first: they change less often than the pages.
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm ci --prefix frontend --no-audit --no-fund
COPY openapi.yaml ./
COPY frontend frontend
RUN npm run --prefix frontend build

FROM rust:1.95-bookworm AS program
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
# Settings of the bundled SQLite.
COPY .cargo .cargo
COPY backend backend
# A member of the workspace: cargo wants to see it, and builds nothing of it here.
COPY tests tests
COPY --from=pages /src/frontend/dist frontend/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --package motcua-server --bin motcua \
    && install -D target/release/motcua /out/motcua

# Debian without anything added but whom to trust with TLS. SQLite and libpq are inside the program.
FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --user-group --no-create-home motcua \
    && install -d -o motcua -g motcua -m 750 /data
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=program /out/motcua /usr/local/bin/motcua
USER 10001:10001
WORKDIR /data
VOLUME /data
ENV MOTCUA_BIND=0.0.0.0:8080 \
    MOTCUA_METRICS_BIND=0.0.0.0:9090 \
    MOTCUA_DATA_DIR=/data \
    MOTCUA_DATABASE_URL=sqlite:///data/motcua.db \
    MOTCUA_LOG_FORMAT=json
EXPOSE 8080 9090
# The image has no curl; bash can ask by itself. Behind MOTCUA_TLS_CERT, replace this.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/usr/local/bin/motcua"]
CMD ["serve"]
