/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that only gets letters ready: test-typed < LETTERS
 * For each letter's JSON, one a line, it prints one line of JSON: {"code": -1, "read": TEXT} with what poppler reads in the
 * PDF that would be sealed, or {"code": AccError, "sentence": TEXT} where the letter is refused. A test judges. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "paper/pdf-process.h"

#define NUMBER "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"

static char *
read_pdf (GBytes *pdf, GError **error)
{
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (process == NULL)
    return NULL;
  for (guint page = 0; page < acc_pdf_process_get_n_pages (process); page++)
    {
      g_autofree char *read = acc_pdf_process_read_text (process, page, error);

      if (read == NULL)
        return NULL;
      g_string_append (text, read);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The text of the PDF, or NULL with @error. */
static char *
get_ready (const char *json, gsize length, AccLetterhead *letterhead, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, length);
  g_autoptr (AccLetter) letter = acc_letter_from_json (bytes, error);
  g_autoptr (AccReadyLetter) ready
    = letter != NULL ? acc_ready_letter_new (letter, NUMBER, letterhead, "Market Street branch", error) : NULL;

  return ready != NULL ? read_pdf (acc_ready_letter_get_pdf (ready), error) : NULL;
}

static void
tell (const char *read, const GError *error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "code", error == NULL ? -1 : error->code);
  json_object_set_string_member (object, error == NULL ? "read" : "sentence", error == NULL ? read : error->message);
  json_node_take_object (node, object);
  line = json_to_string (node, FALSE);
  printf ("%s\n", line);
  fflush (stdout);
}

int
main (void)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &failure);
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  if (letterhead == NULL)
    {
      fprintf (stderr, "%s\n", failure->message);
      return 1;
    }
  while ((length = getline (&line, &size, stdin)) >= 0)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *read = get_ready (line, length, letterhead, &error);

      tell (read, error);
    }
  free (line);
  return 0;
}
