/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes gathered into large writes, for the formats that are text. */
#include "output_parts.h"

#include <string.h>

#define BUFFER_BYTES 65536

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
    };
}

void
output_stream_add(struct output_stream *stream, struct text bytes)
{
    while (bytes.size > 0 && !stream->failed) {
        size_t room = BUFFER_BYTES - stream->filled;
        size_t size = bytes.size < room ? bytes.size : room;
        memcpy(stream->buffer + stream->filled, bytes.data, size);
        stream->filled += size;
        bytes.data += size;
        bytes.size -= size;
        if (stream->filled == BUFFER_BYTES) {
            flush(stream);
        }
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
