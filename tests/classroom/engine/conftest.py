from tests.classroom.postgres import fresh_postgres_url, postgres_server  # noqa: F401
