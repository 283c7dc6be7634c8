/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes gathered into large writes, for the formats that are text; of a part, kept until then. */
#include "output_parts.h"

#include <string.h>

#define BUFFER_BYTES 65536
#define KEPT_BYTES   8192 /* at a time */

static void
flush(struct output_stream *stream)
{
    struct text bytes = {stream->buffer, stream->filled};
    if (!stream->failed && !staged_write(stream->file, bytes, stream->diag)) {
        stream->failed = true;
    }
    stream->filled = 0;
}

struct output_stream
output_stream_new(struct arena *keep, struct staged *file, struct diag *diag)
{
    return (struct output_stream){
        .file = file,
        .diag = diag,
        .buffer = NEW_ARRAY(keep, char, BUFFER_BYTES),
        .capacity = BUFFER_BYTES,
    };
}

struct output_stream
output_stream_kept(struct arena *keep)
{
    return (struct output_stream){.keep = keep};
}

/* Room for as many bytes more, and to spare, behind those that are there. */
static void
widen(struct output_stream *stream, size_t bytes)
{
    size_t more = bytes < KEPT_BYTES ? KEPT_BYTES : bytes + 1;
    char *room = arena_append(stream->keep, more);
    stream->buffer = stream->capacity == 0 ? room : stream->buffer;
    stream->capacity += more;
}

void
output_stream_spill(struct output_stream *stream, struct text bytes)
{
    if (stream->file == NULL) {
        widen(stream, bytes.size);
        output_stream_add(stream, bytes);
        return;
    }
    while (bytes.size > 0 && !stream->failed) {
        size_t room = stream->capacity - stream->filled;
        size_t size = bytes.size < room ? bytes.size : room;
        memcpy(stream->buffer + stream->filled, bytes.data, size);
        stream->filled += size;
        bytes.data += size;
        bytes.size -= size;
        if (stream->filled == stream->capacity) {
            flush(stream);
        }
    }
}

void
output_stream_add_integer(struct output_stream *stream, int64_t value)
{
    char digits[TEXT_DIGITS_MAX];
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    output_stream_add(stream, value < 0 ? STR("-") : STR(""));
    output_stream_add(stream, (struct text){digits, text_digits(digits, size, 1)});
}

bool
output_stream_takes(struct output_stream *stream, struct text t)
{
    if (stream->failed) {
        return false;
    }
    if (stream->file != NULL) {
        stream->failed = !output_text_check(t, stream->diag);
    } else if (text_utf8_check(t) != t.size) {
        stream->failed = true;
        stream->bad = t;
    }
    return !stream->failed;
}

void
output_stream_join(struct output_stream *stream, const struct output_stream *kept)
{
    if (kept->failed) {
        (void)output_stream_takes(stream, kept->bad);
    } else if (kept->filled > 0) {
        output_stream_add(stream, (struct text){kept->buffer, kept->filled});
    }
}

bool
output_stream_finish(struct output_stream *stream)
{
    if (stream->filled > 0) {
        flush(stream);
    }
    return !stream->failed;
}

bool
output_text_check(struct text t, struct diag *diag)
{
    size_t bad = text_utf8_check(t);
    if (bad == t.size) {
        return true;
    }
    return diag_error(diag, (struct where){0}, CODE_W009,
                      "a text of the result is not valid UTF-8 (byte %zu of %zu)",
                      bad + 1, t.size);
}
