-- What is searched is indexed as all its windows of three characters, with the shorter ones at its end: a part of one
-- or two characters begins a window, a longer one is made of windows. Unlike trigrams of words, these know
-- hyphens, spaces and letters that are not Latin.
CREATE FUNCTION name_windows(search_key text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT substr(search_key, start, 3) FROM generate_series(1, char_length(search_key)) AS start))
$$;

-- What the windows of a name have when it contains this part. A long part is cut into windows that do not overlap, and
-- the last one: names that have them all need not contain it, so each is looked at.
CREATE FUNCTION windows_of_part(part text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(
    '''' || replace(replace(substr(part, start, 3), '\', '\\'), '''', '''''') || '''' ||
      CASE WHEN char_length(part) < 3 THEN ':*' ELSE '' END, '&')::tsquery
  FROM (SELECT DISTINCT least(cut, greatest(char_length(part) - 2, 1)) AS start
    FROM generate_series(1, char_length(part), 3) AS cut) AS windows
$$;

DROP INDEX "authentication_token_search_key_idx";
CREATE INDEX "authentication_token_name_windows" ON "authentication_token" USING GIN (name_windows("search_key"));
ALTER TABLE "authentication_token" ALTER COLUMN "search_key" SET STATISTICS -1;

-- Names are sorted as they are searched: "đ" stands beside "d" and not behind "z". The status is there to be filtered.
CREATE INDEX "authentication_token_by_search_key" ON "authentication_token"("gateway_id", "search_key", "id") INCLUDE ("status_rank");
CREATE UNIQUE INDEX "authentication_token_gateway_id_name_key_key" ON "authentication_token"("gateway_id", "name_key");
DROP INDEX "authentication_token_by_name";

-- A search in this order reads the index alone, as in the other orders.
CREATE INDEX "authentication_token_by_last_used" ON "authentication_token"("gateway_id", "last_used_at" NULLS FIRST, "created_at", "id")
  INCLUDE ("search_key", "status_rank");
DROP INDEX "authentication_token_last_used_idx";
