-- migrate:up
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR
);

-- migrate:down
DROP TABLE users;
