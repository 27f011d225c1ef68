/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-search.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MASK 0xa7
#define PIECE ((gsize) 1 << 20)
#define REGION_MAX ((gsize) 1 << 30) /* larger ones are a sanitizer's own, and nearly empty */

struct _MemoryNeedle {
  guint8 *masked;
  gsize size;
};

MemoryNeedle *
memory_needle_new (gconstpointer data, gsize size)
{
  MemoryNeedle *needle = g_new0 (MemoryNeedle, 1);
  const guint8 *bytes = data;

  g_assert_cmpuint (size, >=, 8);
  needle->masked = g_malloc (size);
  needle->size = size;
  for (gsize i = 0; i < size; i++)
    needle->masked[i] = bytes[i] ^ MASK;
  return needle;
}

void
memory_needle_free (MemoryNeedle *needle)
{
  g_free (needle->masked);
  g_free (needle);
}

static gboolean
is_here (const MemoryNeedle *needle, const guint8 *at)
{
  for (gsize i = 0; i < needle->size; i++)
    if ((at[i] ^ MASK) != needle->masked[i])
      return FALSE;
  return TRUE;
}

static guint
count_in (const MemoryNeedle *needle, const guint8 *data, gsize size)
{
  const guint8 *end = size >= needle->size ? data + size - needle->size + 1 : data;
  guint n = 0;

  for (const guint8 *at = data; at < end && (at = memchr (at, needle->masked[0] ^ MASK, end - at)) != NULL; at++)
    n += is_here (needle, at);
  return n;
}

/* @piece is memory too: what is read into it is not looked at. */
static guint
count_in_region (const MemoryNeedle *needle, int memory, gsize start, gsize end, guint8 *piece)
{
  guint n = 0;

  for (gsize at = start; at < end; at += PIECE)
    {
      gsize wanted = MIN (end - at, PIECE + needle->size - 1);
      gssize got = pread (memory, piece, wanted, (off_t) at);

      if (got > 0)
        n += count_in (needle, piece, (gsize) got);
      explicit_bzero (piece, PIECE + needle->size);
    }
  return n;
}

guint
memory_needle_count (const MemoryNeedle *needle)
{
  int memory = g_open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  FILE *maps = fopen ("/proc/self/maps", "re");
  guint8 *piece = g_malloc0 (PIECE + needle->size);
  char line[512];
  guint n = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_nonnull (maps);
  while (fgets (line, sizeof line, maps) != NULL)
    {
      gsize start, end;

      if (sscanf (line, "%zx-%zx", &start, &end) == 2 && end - start <= REGION_MAX)
        n += count_in_region (needle, memory, start, end, piece);
    }
  g_free (piece);
  fclose (maps);
  close (memory);
  return n;
}
